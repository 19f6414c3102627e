/** The folder of a run: written aside, then renamed, so that it is there whole or not at all. */
import { renameSync, writeFileSync } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FabricdtError } from '../errors.ts'

/** A function is called when its turn to be written comes. */
export type FileContent = string | (() => Promise<string>) | Iterable<string | Uint8Array>

/** Writes all files into `folder`, side by side. Throws FabricdtError `output-failed` and leaves nothing behind. */
export async function writeRunFolder(folder: string, files: Readonly<Record<string, FileContent>>): Promise<void> {
  const aside = join(dirname(folder), `.writing-${process.pid}-${Math.floor(performance.now() * 1000)}`)
  try {
    await mkdir(aside, { recursive: true })
    const written = Object.entries(files).map(([name, content]) => writeContent(join(aside, name), content))
    // All come to an end before anything is moved or taken away.
    for (const result of await Promise.allSettled(written)) if (result.status === 'rejected') throw result.reason
    await rename(aside, folder)
  } catch (cause) {
    await rm(aside, { recursive: true, force: true }).catch(() => {})
    throw new FabricdtError('output-failed', `cannot write ${folder}: ${(cause as Error).message}`, { cause })
  }
}

/** Replaces one file whole. Throws FabricdtError `output-failed`. */
export async function replaceFile(file: string, content: string | Iterable<string | Uint8Array>): Promise<void> {
  const aside = `${file}.writing-${process.pid}`
  try {
    await writeContent(aside, content)
    await rename(aside, file)
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => {})
    throw new FabricdtError('output-failed', `cannot write ${file}: ${(cause as Error).message}`, { cause })
  }
}

/** The same at once, for what is written between two awaits. Throws what the file system throws. */
export function replaceFileSync(file: string, content: string): void {
  const aside = `${file}.writing-${process.pid}`
  writeFileSync(aside, content)
  renameSync(aside, file)
}

async function writeContent(file: string, content: FileContent): Promise<void> {
  if (typeof content === 'function') return writeFile(file, await content())
  if (typeof content === 'string') return writeFile(file, content)
  const handle = await open(file, 'w')
  try {
    for (const chunk of content) await handle.writeFile(chunk)
  } finally {
    await handle.close()
  }
}
