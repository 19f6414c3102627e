/** `conformance`: whether policies hold to what every policy must. */
import pc from 'picocolors'
import { conformance, type Verdict } from '../conformance/conformance.ts'
import { exits } from '../errors.ts'
import { askedPolicy } from '../own-policies/asked-policy.ts'

/** Exit code 0 if all hold, else 1. Throws FabricdtError for what is no policy. */
export function runConformance(asked: readonly string[], { json = false }: { json?: boolean }): number {
  const entries = asked.map(askedPolicy)
  const results = entries.map(entry => {
    if (!json) process.stdout.write(`${entry.name}  ${entry.summary}\n`)
    const verdicts: Verdict[] = []
    for (const verdict of conformance(entry)) {
      if (!json) process.stdout.write(line(verdict))
      verdicts.push(verdict)
    }
    return { policy: entry.name, verdicts }
  })
  const failed = results.flatMap(({ verdicts }) => verdicts).filter(({ problem }) => problem !== null).length
  process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : ending(failed))
  return failed === 0 ? exits.ok : exits.expectation
}

const line = ({ check, problem }: Verdict): string =>
  problem === null ? `  ${pc.green('✓')} ${check}\n` : `  ${pc.red('✗')} ${check}\n      ${problem}\n`

const ending = (failed: number): string =>
  failed === 0 ? 'all hold\n' : `${failed} check${failed === 1 ? ' does' : 's do'} not hold\n`
