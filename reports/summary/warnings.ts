import type { Warning } from '../results.ts'
import { mostReplicationsDrawn } from './drawn.ts'
import type { SummaryInput } from './input.ts'
import { placeOf } from './row.ts'
import type { Tally } from './tally.ts'
import { warmUpNote } from './warm-up.ts'

/** Some job is always on its way when a horizon falls: below this share of the jobs nobody need care. */
const worthMention = 0.01

/** What the runs themselves warn of: figures that rest on less, or say less, than they seem to. */
export function findWarnings(input: SummaryInput, tally: Tally): Warning[] {
  const most = Math.max(0, ...tally.trials)
  const ofWarmUp = (p: number): string =>
    input.steadyAfterS === null
      ? ''
      : warmUpNote(
          input.policies[p],
          input.steadyAfterS,
          tally.curves[p].flatMap(({ series }) => series),
        )
  const messages = [
    ...(input.random && most === 1
      ? ['One replication only: figures have no error bar, and differences no test.']
      : []),
    ...(most > mostReplicationsDrawn
      ? [`Series over time and distributions are drawn of the first ${mostReplicationsDrawn} replications.`]
      : []),
    ...input.policies.flatMap((policy, p) => [
      ...ofPolicy(policy, tally.trials[p], most, name => meanOf(tally, p, name)),
      ofWarmUp(p),
    ]),
  ]
  return messages.filter(message => message !== '').map(message => ({ point: input.point, message }))
}

const meanOf = (tally: Tally, policy: number, name: Parameters<typeof placeOf>[0]): number =>
  tally.column(policy, placeOf(name)).mean

/** Means over the policy's trials, by name. */
type Means = (name: Parameters<typeof placeOf>[0]) => number

function ofPolicy(policy: string, trials: number, most: number, means: Means): string[] {
  if (trials === 0) return [`${policy}: no trial ended; there are no figures for it.`]
  const fewer = trials < most ? `${policy}: ${trials} replications, while other policies have ${most}.` : ''
  return [fewer, unfinished(policy, means), censored(policy, means), growing(policy, means)]
}

function unfinished(policy: string, means: Means): string {
  const left = means('measuredUnfinished')
  const submitted = means('measuredSubmitted')
  if (left <= worthMention * submitted) return ''
  const share = ((100 * left) / submitted).toPrecision(2)
  return `${policy}: ${round(left)} of ${round(submitted)} jobs (${Number(share)} %) were unfinished at the end, on average; means of times are over completed jobs only.`
}

function censored(policy: string, means: Means): string {
  const left = means('censored')
  if (left <= worthMention * means('measuredSubmitted')) return ''
  return `${policy}: the deadline of ${round(left)} unfinished jobs lay beyond the end, on average; they count as neither met nor missed.`
}

/** The queue grew from quarter to quarter of the run and ended at more than twice its second quarter. */
function growing(policy: string, means: Means): string {
  const [first, second, third, last] = quarters.map(means)
  if (!(last > third && third > second && second > first && last > 2 * second && last > 5)) return ''
  if (means('unfinished') === 0) return ''
  return `${policy}: the queue was still growing at the end (${round(last)} stages waiting in the last quarter), so its waiting times depend on the length of the run.`
}

const quarters = ['quarter0', 'quarter1', 'quarter2', 'quarter3'] as const

const round = (value: number): string => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(2)))
