import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { packageRoot } from '../package-root.ts'

const bundle = new URL('dist/reports/browser/main.bundle.js', packageRoot)

/** The page's script; empty where it was not built, and then the page makes do with its static charts. */
export const readBrowserBundle = async (): Promise<string> => (existsSync(bundle) ? readFile(bundle, 'utf8') : '')
