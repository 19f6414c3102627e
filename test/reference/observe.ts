/** What a trigger sees of the world now. */
import { coreMilliOf, wantedMilli } from './progress.ts'
import { isUp, type World, waitingStages } from './world.ts'

/** Of a cluster where there is such a thing, or of the fabric (−1). NaN: nothing to see. */
export function observe(world: World, metric: string, cluster: number): number {
  const seen: Readonly<Record<string, () => number>> = {
    utilisation: () => utilisation(world, cluster),
    availability: () => availability(world, cluster),
    queueLength: () => waitingStages(world).length + world.held.length,
    jobsInSystem: () => world.alive.length,
    lostAttempts: () => world.lostAttempts,
  }
  return seen[metric]()
}

const nodesOf = ({ nodes, mutation }: World, cluster: number) =>
  nodes.filter(node => cluster === -1 || node.cluster === cluster || mutation === 'triggers see all clusters')

function utilisation(world: World, cluster: number): number {
  const up = nodesOf(world, cluster).filter(isUp)
  const milli = up.map(node => coreMilliOf(world, node))
  const busy = up.map((node, i) => Math.min(wantedMilli(world, node), milli[i]))
  return sum(busy) / sum(milli)
}

function availability(world: World, cluster: number): number {
  const milli = (nodes: typeof world.nodes) => sum(nodes.map(node => coreMilliOf(world, node)))
  const nodes = nodesOf(world, cluster)
  return milli(nodes.filter(isUp)) / milli(nodes)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
