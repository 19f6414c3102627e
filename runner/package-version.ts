import { readFileSync } from 'node:fs'
import { packageRoot } from '../reports/package-root.ts'

/** Of the package that runs. */
export const packageVersion = (): string =>
  (JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }).version
