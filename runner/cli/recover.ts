/** Puts back what a dead runner left. */
import { leftoversOf } from '../clusters/recover.ts'
import { readFabrics, sweepState } from '../clusters/state.ts'
import { exits } from '../errors.ts'

/** Exit code 4 where something could not be put back; the rest is. */
export async function runRecover({ dryRun = false }: { dryRun?: boolean }): Promise<number> {
  const say = (line: string): boolean => process.stderr.write(`${line}\n`)
  if (!dryRun) sweepState()
  const leftovers = readFabrics().flatMap(state => leftoversOf(state, say))
  if (leftovers.length === 0) process.stdout.write('nothing was left behind\n')
  let failed = 0
  for (const { fabric, what, mend } of leftovers) {
    if (dryRun) {
      process.stdout.write(`would put back in ${fabric}: ${what}\n`)
      continue
    }
    try {
      await mend()
      process.stdout.write(`put back in ${fabric}: ${what}\n`)
    } catch (error) {
      failed++
      say(`not put back in ${fabric}: ${what}: ${(error as Error).message}`)
    }
  }
  return failed === 0 ? exits.ok : exits.cluster
}
