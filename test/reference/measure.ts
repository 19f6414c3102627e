/** What is integrated over time: the state is constant between two events, so every piece is a product. */
import { isUp, type Node, type World } from './world.ts'

/** The state between two events. */
export interface Piece {
  fromS: number
  toS: number
  waiting: number
  system: number
  /** Attempts that run; one that is lost does not, though a gang may go on using cores elsewhere. */
  running: number
  /** By cluster. */
  watts: number[]
  idleWatts: number[]
  busyCores: number[]
  upCores: number[]
  upNodes: number[]
}

/** The piece from now to `toS`; attempts that run burn their cores in it. */
export function measure(world: World, toS: number): Piece {
  const zeros = () => world.placements.map(() => 0)
  const piece: Piece = {
    fromS: world.now,
    toS,
    waiting: world.alive.filter(job => job.waiting).length,
    system: world.alive.length,
    running: world.alive.flatMap(job => job.placed.filter(attempt => attempt.begun && !attempt.lost)).length,
    watts: zeros(),
    idleWatts: zeros(),
    busyCores: zeros(),
    upCores: zeros(),
    upNodes: zeros(),
  }
  const used = coresInUse(world, toS - world.now)
  for (const node of world.nodes) addNode(world, piece, node, used[node.index])
  return piece
}

/** Cores that burn on each node; adds what each attempt burns in `durationS`. */
function coresInUse(world: World, durationS: number): number[] {
  const used = world.nodes.map(() => 0)
  for (const attempt of world.alive.flatMap(job => job.placed)) {
    if (!attempt.begun || (attempt.lost && world.mutation === 'survivors of a gang stop')) continue
    for (const { node, tasks } of attempt.shares) {
      if (!isUp(node)) continue
      const cores = (tasks * world.model.classes.cpuMilli[attempt.job.class]) / 1000
      used[node.index] += cores
      attempt.burntCoreS += cores * durationS
    }
  }
  return used
}

function addNode({ model, mutation }: World, piece: Piece, node: Node, usedCores: number): void {
  const { group, cluster } = node
  const { cpuMilli, idleW, busyW, failedW } = model.groups
  const cores = cpuMilli[group] / 1000
  const pue = model.clusters.pue[cluster]
  if (isUp(node)) {
    piece.watts[cluster] += pue * (idleW[group] + (busyW[group] - idleW[group]) * (usedCores / cores))
    piece.idleWatts[cluster] += pue * idleW[group]
    piece.busyCores[cluster] += usedCores
    piece.upCores[cluster] += cores
    piece.upNodes[cluster] += 1
  } else if (mutation !== 'no energy while down') {
    piece.watts[cluster] += pue * (mutation === 'failed watts at idle' ? idleW[group] : failedW[group])
  }
}

/** ∫ of a quantity from `fromS` to `toS`. */
export function integrate(history: readonly Piece[], of: (piece: Piece) => number, fromS: number, toS: number): number {
  let total = 0
  for (const piece of history) {
    const length = Math.min(piece.toS, toS) - Math.max(piece.fromS, fromS)
    if (length > 0) total += of(piece) * length
  }
  return total
}
