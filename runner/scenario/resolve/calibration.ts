/** spec.calibration: figures that were measured, in the place of those of pools, presets and the scenario's own modes. */
import { type Calibration, type Fitted, type NodeFit, readCalibrationFile } from '../calibration-file.ts'
import type { Context } from '../context.ts'
import type { ScenarioCalibration } from '../scenario.ts'
import { reason, shown } from './network.ts'
import type { PartialNode } from './nodes.ts'

const path = ['spec', 'calibration'] as const

/** The file that the scenario names; null where it names none, or one that is wrong, which is reported. */
export function readCalibration(context: Context): Calibration | null {
  const name = context.view.calibration
  if (name === undefined) return null
  try {
    const file = context.resolveFile(name, path)
    const { calibration, problems } = readCalibrationFile(file, shown(file))
    context.uses(file, 'calibration')
    for (const problem of problems) context.problems.put(problem)
    warnOfStrangers(context, calibration)
    return problems.length > 0 ? null : calibration
  } catch (cause) {
    context.problems.add('file-unreadable', path, `cannot read “${name}”: ${reason(cause)}`)
    return null
  }
}

/** A calibration of another fabric changes nothing: likely a slip. */
function warnOfStrangers({ names, problems }: Context, { pools, clusters, modes }: Calibration): void {
  const known =
    Object.keys(pools).some(name => names.pools.includes(name)) ||
    Object.keys(clusters).some(name => names.clusters.includes(name))
  if (known || Object.keys(modes).length > 0) return
  problems.add('unknown-reference', path, 'the calibration is of none of the pools or clusters here', {
    severity: 'warning',
    hint: 'Give one that was fitted to a run of this fabric, or remove it.',
  })
}

/** What a fit says of a node, as a layer over what pools say. */
export function layerOf(fits: Record<string, NodeFit> | undefined, name: string): PartialNode {
  const fit = fits !== undefined && Object.hasOwn(fits, name) ? fits[name] : {}
  return {
    speed: fit.speed?.value,
    startupS: fit.startupS?.value,
    power: { idleW: fit.idleW?.value, busyW: fit.busyW?.value },
  }
}

/** For the scenario: where the figures come from, and the noise. */
export const describeCalibration = ({
  name,
  source,
  pools,
  clusters,
  modes,
  noise,
}: Calibration): ScenarioCalibration => ({
  sources: [
    `Calibrated by ${name}: ${source}`,
    ...Object.entries(pools).map(([pool, fit]) => `Measured of pool ${pool}: ${inWords(fit)}.`),
    ...Object.entries(clusters).map(([cluster, fit]) => `Measured of cluster ${cluster}: ${inWords(fit)}.`),
    ...Object.entries(modes).map(([mode, fit]) => `Measured factor of ${mode}: ${withInterval(fit, '')}.`),
  ],
  noise,
  ...(Object.values(pools).some(({ lateS }) => lateS !== undefined)
    ? { lateS: { pools: lateOf(pools), clusters: lateOf(clusters) } }
    : {}),
})

const lateOf = (fits: Record<string, NodeFit>): Record<string, number> =>
  Object.fromEntries(Object.entries(fits).flatMap(([name, { lateS }]) => (lateS ? [[name, lateS.value]] : [])))

const inWords = ({ speed, startupS, lateS, idleW, busyW }: NodeFit): string =>
  [
    ...(speed === undefined ? [] : [`speed ${withInterval(speed, '')}`]),
    ...(startupS === undefined ? [] : [`start-up ${withInterval(startupS, ' s')}`]),
    ...(lateS === undefined ? [] : [`of which seen at the end ${withInterval(lateS, ' s')}`]),
    ...(idleW === undefined ? [] : [`idle ${withInterval(idleW, ' W')}`]),
    ...(busyW === undefined ? [] : [`busy ${withInterval(busyW, ' W')}`]),
  ].join(', ')

const withInterval = ({ value, low, high, n }: Fitted, unit: string): string => {
  const short = (number: number) => String(Number(number.toPrecision(3)))
  return `${short(value)}${unit} (${short(low)}–${short(high)}${unit}, n = ${n})`
}
