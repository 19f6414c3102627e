/** Random clusters: few nodes, few kinds of them, much alike. */
import { powerModels } from '../../engine/power/index.ts'
import type { ClusterSpec, GroupSpec } from './model-spec.ts'
import { delay, type Style, time } from './random-style.ts'

/** Names whose order is not that in which they are made. */
const clusterNames = ['mid', 'edge', 'zoo', 'core'] as const

export function randomCluster(style: Style, index: number): ClusterSpec {
  const { g } = style
  const pue = g.pick([1, 1, 1.2, 1.75])
  const detectionS = delay(style, 20)
  const groups = g.list(1, style.alike ? 1 : 3, () => randomGroup(style))
  const carbon = g.chance(0.5) ? { carbon: randomCarbon(style) } : {}
  return { name: clusterNames[index], zone: g.pick(['a', 'b', 'c']), pue, detectionS, ...carbon, groups }
}

function randomGroup(style: Style): GroupSpec {
  const { g, alike } = style
  const nodes = g.chance(0.1) ? g.whole(5, 20) : g.whole(1, 4)
  const watts = { idleW: g.pick([0, 50, 100.5]), busyW: g.pick([100.5, 300]), failedW: g.pick([0, 10, 20]) }
  const common = { nodes, ...watts, ...randomPower(style) }
  if (alike) return { cpuMilli: 4000, memoryBytes: 8e9, gpuMilli: 1000, ...common }
  return {
    cpuMilli: g.pick([1000, 2000, 4000, 4000, 7500]),
    memoryBytes: g.pick([4e9, 8e9, 8e9, 64e9]),
    gpuMilli: g.pick([0, 0, 1000, 2000]),
    arch: g.pick([0, 0, 0, 1]),
    ...(style.modes ? { wasm: g.pick([0, 1, 1.55, 1.55, 3]), emulated: g.pick([0, 0, 2, 8]) } : {}),
    speed: g.pick([1, 1, 1, 0.5, 2, 1.3]),
    startupS: delay(style, 5),
    ...common,
  }
}

function randomPower({ g }: Style): Partial<GroupSpec> {
  if (g.chance(0.5)) return {}
  const power = g.pick(powerModels).name
  return power === 'interpolated' ? { power, powerTable: g.list(2, 11, () => g.real() * 300) } : { power }
}

/** From 0 or earlier on; some steps lie on the instants of other events, some after the end. */
function randomCarbon(style: Style): [number, number][] {
  const { g } = style
  const later = new Set(g.list(0, 6, () => time(style, 5, 150)))
  const instants = [g.pick([0, -100]), ...[...later].sort((a, b) => a - b)]
  return instants.map(atS => [atS, g.pick([0, 20.5, 100, 400])])
}

export function randomLatency(style: Style, clusters: readonly ClusterSpec[]): [string, string, number][] {
  const rows: [string, string, number][] = []
  const seconds = () => (style.far ? time(style, 0, 25) : delay(style, 3))
  for (const from of clusters) {
    for (const to of clusters) if (from !== to || style.g.chance(0.1)) rows.push([from.name, to.name, seconds()])
  }
  return rows
}
