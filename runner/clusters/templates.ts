/** Config files of the programs that make clusters: Handlebars templates of deploy/. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { packageRoot } from '../../reports/package-root.ts'

/** What `deploy/<file>` says with these values; it may not name others. Throws what the file system throws. */
export async function fillTemplate(file: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const { default: Handlebars } = await import('handlebars')
  return Handlebars.compile(await readDeploy(file), { noEscape: true, strict: true })(values)
}

export const readDeploy = (file: string): Promise<string> => readFile(new URL(`deploy/${file}`, packageRoot), 'utf8')

/** Into a folder that is ours alone. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, text, { mode: 0o600 })
}
