/** Dominant resource fairness, naively: shares are added up anew before each placement. */
import { placedAttempts, type Stage, type World } from './world.ts'

const resources = ['cpuMilli', 'memoryBytes', 'gpuMilli'] as const

/** `waiting` in order. */
export function decideByShare(world: World, waiting: Stage[], tryToPlace: (stage: Stage) => boolean): void {
  let left = waiting
  while (left.length > 0) {
    const tenants = [...new Set(left.map(stage => tenantOf(world, stage)))].sort((a, b) => a - b)
    const shares = tenants.map(tenant => shareOf(world, tenant))
    const next = tenants[shares.indexOf(Math.min(...shares))]
    const stage = left.find(each => tenantOf(world, each) === next)!
    tryToPlace(stage)
    left = left.filter(other => other !== stage)
  }
}

const tenantOf = ({ model }: World, { job }: Stage): number => model.tenants?.ofWorkload[job.workload] ?? job.workload

/** The greatest part of all that there is of one resource, over the weight. */
function shareOf(world: World, tenant: number): number {
  const { classes, groups, nodeGroup, tenants } = world.model
  const owned = placedAttempts(world).filter(({ stage }) => tenantOf(world, stage) === tenant)
  const shares = resources.map(resource => {
    const used = owned.flatMap(({ stage, shares }) => shares.map(({ tasks }) => tasks * classes[resource][stage.class]))
    const all = Array.from(nodeGroup, group => groups[resource][group])
    return sum(used) > 0 ? sum(used) / sum(all) : 0
  })
  return Math.max(...shares) / (tenants?.weight[tenant] ?? 1)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
