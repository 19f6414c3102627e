import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readRecords } from '../../runner/sweep/record.ts'

/** Waits until the cache of an output folder holds at least so many trials: the run is well under way then. */
export async function trialsKept(out: string, least: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 20) {
    if (countTrials(out) >= least) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error(`no ${least} trials in ${out} within a minute`)
}

function countTrials(out: string): number {
  try {
    const files = readdirSync(join(out, '.cache'), { recursive: true })
      .map(String)
      .filter(name => /^..[/\\][0-9a-f]+[/\\]/.test(name))
    return files.reduce((sum, name) => sum + [...readRecords(join(out, '.cache', name))].length, 0)
  } catch {
    return 0
  }
}
