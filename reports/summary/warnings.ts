import { mean } from '../../engine/statistics/descriptive.ts'
import type { Warning } from '../results.ts'
import type { SummaryInput, Trial, TrialsByPolicy } from './input.ts'

/** Some job is always on its way when a horizon falls: below this share of the jobs nobody need care. */
const worthMention = 0.01

/** What the runs themselves warn of: figures that rest on less, or say less, than they seem to. */
export function findWarnings(input: SummaryInput, trials: TrialsByPolicy): Warning[] {
  const most = Math.max(0, ...[...trials.values()].map(runs => runs.length))
  const messages = [
    ...(input.random && most === 1
      ? ['One replication only: figures have no error bar, and differences no test.']
      : []),
    ...[...trials].flatMap(([policy, runs]) =>
      runs.length === 0
        ? [`${policy}: no trial ended; there are no figures for it.`]
        : [fewer(policy, runs, most), unfinished(policy, runs), censored(policy, runs), growing(policy, runs)],
    ),
  ]
  return messages.filter(message => message !== '').map(message => ({ point: input.point, message }))
}

const fewer = (policy: string, runs: readonly Trial[], most: number): string =>
  runs.length < most ? `${policy}: ${runs.length} replications, while other policies have ${most}.` : ''

function unfinished(policy: string, runs: readonly Trial[]): string {
  const left = mean(runs.map(run => run.summary.measured.unfinished))
  const submitted = mean(runs.map(run => run.summary.measured.submitted))
  if (left <= worthMention * submitted) return ''
  const share = ((100 * left) / submitted).toPrecision(2)
  return `${policy}: ${round(left)} of ${round(submitted)} jobs (${Number(share)} %) were unfinished at the end, on average; means of times are over completed jobs only.`
}

function censored(policy: string, runs: readonly Trial[]): string {
  const left = mean(runs.map(run => run.summary.measured.censored))
  if (left <= worthMention * mean(runs.map(run => run.summary.measured.submitted))) return ''
  return `${policy}: the deadline of ${round(left)} unfinished jobs lay beyond the end, on average; they count as neither met nor missed.`
}

/** The queue grew from quarter to quarter of the run and ended at more than twice its second quarter. */
function growing(policy: string, runs: readonly Trial[]): string {
  const quarters = [0, 1, 2, 3].map(quarter => mean(runs.map(run => quarterMean(run, quarter))))
  const [first, second, third, last] = quarters
  if (!(last > third && third > second && second > first && last > 2 * second && last > 5)) return ''
  if (runs.every(run => run.summary.total.unfinished === 0)) return ''
  return `${policy}: the queue was still growing at the end (${round(last)} stages waiting in the last quarter), so its waiting times depend on the length of the run.`
}

function quarterMean({ summary }: Trial, quarter: number): number {
  const { waiting, bins } = summary.series
  const part = waiting.slice(Math.floor((bins * quarter) / 4), Math.max(1, Math.floor((bins * (quarter + 1)) / 4)))
  return part.length === 0 ? Number.NaN : mean(part)
}

const round = (value: number): string => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(2)))
