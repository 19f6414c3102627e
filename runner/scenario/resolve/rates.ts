/** Carbon intensity and price of each cluster's electricity: its own, else that of its region, else not known. */
import { basename } from 'node:path'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { type RateKind, rateKinds } from '../rate-file.ts'
import type { ScenarioCluster } from '../scenario.ts'
import type { CarbonView, ClusterView } from '../view.ts'
import { regionOf } from './clusters.ts'
import { reason, shown } from './network.ts'

/** What a file covers, in seconds from the start of the run. */
export interface RateCover {
  path: Path
  beginS: number
  /** As long after its last row as that came after the one before. */
  endS: number
}

export interface Window {
  start: string | undefined
  horizonS: number | null | undefined
}

interface Steps {
  source: string
  atS: number[]
  values: number[]
}

/** Steps of a cluster's intensity; null where nobody says it, or something wrong, which is reported. */
export function resolveCarbon(...said: Saying): ScenarioCluster['carbon'] {
  const steps = resolveRates(rateKinds.carbon, 'gCO2e/kWh', ...said)
  return steps && { source: steps.source, atS: steps.atS, gramsPerKwh: steps.values }
}

/** Steps of its price; null likewise. */
export function resolvePrice(...said: Saying): NonNullable<ScenarioCluster['price']> | null {
  const steps = resolveRates(rateKinds.price, 'a kWh', ...said)
  return steps && { source: steps.source, atS: steps.atS, perKwh: steps.values }
}

type Saying = [cluster: ClusterView, i: number, window: Window, context: Context, covers: RateCover[]]

function resolveRates(kind: RateKind, unit: string, ...[cluster, i, window, context, covers]: Saying): Steps | null {
  const found = sayingOf(kind, cluster, i, context)
  if (found === undefined) return null
  const { view, path } = found
  if (typeof view === 'number') return { source: `${view} ${unit} at all times`, atS: [0], values: [view] }
  return view.trace === undefined || window.start === undefined
    ? null
    : fromFile(kind, view.trace, view.column ?? kind.column, path, { ...window, start: window.start }, context, covers)
}

function sayingOf(
  { name }: RateKind,
  cluster: ClusterView,
  i: number,
  context: Context,
): { view: CarbonView; path: Path } | undefined {
  const own: Path = ['spec', 'fabric', 'clusters', i, name]
  const said = cluster[name]
  if (said !== undefined) return { view: said, path: own }
  const region = regionOf(cluster)
  const regions = context.view.fabric?.[name] ?? {}
  if (context.says(own) || region === undefined || !Object.hasOwn(regions, region)) return undefined
  const view = regions[region]
  return view === undefined ? undefined : { view, path: ['spec', 'fabric', name, region] }
}

function fromFile(
  kind: RateKind,
  trace: string,
  column: string,
  path: Path,
  { start, horizonS }: Window & { start: string },
  context: Context,
  covers: RateCover[],
): Steps | null {
  const place = [...path, 'trace']
  try {
    const file = context.resolveFile(trace, place)
    const { timesS, values, problems } = context.files.rates(file, column, kind)
    context.uses(file, kind.name)
    for (const problem of problems) context.problems.put({ ...problem, file: shown(problem.file) })
    if (problems.length > 0) return null
    const startS = Date.parse(start) / 1000
    const last = timesS.length - 1
    const gapS = last > 0 ? timesS[last] - timesS[last - 1] : 0
    covers.push({ path: place, beginS: timesS[0] - startS, endS: timesS[last] + gapS - startS })
    return { source: `${basename(trace)}, column ${column}`, ...stepsOf(timesS, values, startS, horizonS ?? null) }
  } catch (cause) {
    context.problems.add('file-unreadable', place, `cannot read “${trace}”: ${reason(cause)}`)
    return null
  }
}

/** What policies may know of the time before the run, and forecast after it. */
const historyS = 28 * 86_400
const aheadS = 14 * 86_400

/** What is in force during the run, four weeks before and two after it, equal neighbours as one; the first step at or before 0. */
function stepsOf(
  timesS: readonly number[],
  rates: readonly number[],
  startS: number,
  horizonS: number | null,
): Pick<Steps, 'atS' | 'values'> {
  const endS = horizonS === null ? Number.POSITIVE_INFINITY : startS + horizonS + aheadS
  const first = Math.max(
    0,
    timesS.findLastIndex(time => time <= startS - historyS),
  )
  const atS: number[] = []
  const values: number[] = []
  for (let i = first; i < timesS.length && (i === first || timesS[i] < endS); i++) {
    if (values.at(-1) === rates[i]) continue
    atS.push(timesS[i] - startS)
    values.push(rates[i])
  }
  return { atS, values }
}
