import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderPage } from '../../reports/page.ts'
import type { Results } from '../../reports/results.ts'
import { exits, FabricdtError } from '../errors.ts'
import { replaceFile } from '../output/run-folder.ts'

/** Writes report.html anew from results.json of a run's folder. */
export async function report(folder: string): Promise<number> {
  const results = await readResults(join(folder, 'results.json'))
  const page = join(folder, 'report.html')
  await replaceFile(page, await renderPage(results))
  process.stdout.write(`${page}\n`)
  return exits.ok
}

async function readResults(file: string): Promise<Results> {
  const hint = 'Give the folder of a run, such as out/first/20261124-120000-1a2b3c.'
  let results: Partial<Results>
  try {
    results = JSON.parse(await readFile(file, 'utf8')) as Partial<Results>
  } catch (cause) {
    throw new FabricdtError('file-unreadable', `cannot read ${file}: ${(cause as Error).message}`, { hint, cause })
  }
  if (results.apiVersion !== 'fabricdt.io/results.v1alpha1')
    throw new FabricdtError(
      'unknown-version',
      `${file} is not a result of this version (apiVersion ${String(results.apiVersion)})`,
      {
        hint: 'Run the scenario again to get results of this version.',
      },
    )
  return results as Results
}
