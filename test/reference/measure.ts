/** What is integrated over time: the state is constant between two events, so every piece is a product. */
import { wantedCores } from './courses.ts'
import { wattsAt } from './power.ts'
import { coreMilliOf, isUsing, shareOf } from './progress.ts'
import { isUp, type Node, placedAnyhow, type World, waitingStages } from './world.ts'

/** The state between two events. */
export interface Piece {
  fromS: number
  toS: number
  /** Stages that wait, jobs in the system. */
  waiting: number
  /** Of the former, without those that a quota holds. */
  queued: number
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
    waiting: waitingStages(world).length + world.held.length,
    queued: waitingStages(world).length,
    system: world.alive.length,
    running: placedAnyhow(world).filter(({ begun, lost }) => begun && !lost).length,
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
  for (const attempt of placedAnyhow(world)) {
    for (const share of attempt.shares.filter(each => isUsing(world, attempt, each))) {
      const cores = wantedCores(world, attempt, share) * shareOf(world, share.node)
      used[share.node.index] += cores
      attempt.burntCoreS += cores * durationS
    }
  }
  return used
}

function addNode(world: World, piece: Piece, node: Node, usedCores: number): void {
  const { model, mutation } = world
  const { group, cluster } = node
  const { idleW, failedW } = model.groups
  const cores = coreMilliOf(world, node) / 1000
  const pue = model.clusters.pue[cluster]
  if (isUp(node)) {
    piece.watts[cluster] += pue * wattsAt(model, group, Math.min(1, usedCores / cores), mutation)
    piece.idleWatts[cluster] += pue * wattsAt(model, group, 0, mutation)
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
