/** Quotas: who is let into the queue. */
import type { Stage, World } from './world.ts'

/** A stage is ready (again): it waits, or is held until its tenant's quota allows. */
export function letWait(world: World, stage: Stage): void {
  if (world.admitted.includes(stage) || fits(world, stage)) admit(world, stage)
  else world.held.push(stage)
}

function admit(world: World, stage: Stage): void {
  if (!world.admitted.includes(stage)) world.admitted.push(stage)
  stage.waiting = true
}

/** A stage is over: others of its tenant may come in, in order. */
export function letOthersIn(world: World, stage: Stage): void {
  if (!world.admitted.includes(stage)) return
  world.admitted = world.admitted.filter(other => other !== stage)
  for (const other of [...world.held]) {
    if (tenantOf(world, other) !== tenantOf(world, stage) || !fits(world, other)) continue
    world.held = world.held.filter(each => each !== other)
    admit(world, other)
  }
}

/** Whether all that its tenant has in the queue or placed stays within its quota with it. */
function fits(world: World, stage: Stage): boolean {
  const { classes, tenants } = world.model
  if (tenants === undefined) return true
  const tenant = tenantOf(world, stage)
  const together = [...world.admitted.filter(other => tenantOf(world, other) === tenant), stage]
  return (['cpuMilli', 'memoryBytes', 'gpuMilli'] as const).every(resource => {
    const asked = together.reduce((sum, { class: k }) => sum + classes.tasks[k] * classes[resource][k], 0)
    return asked <= tenants[resource][tenant]
  })
}

const tenantOf = ({ model }: World, { job }: Stage): number => model.tenants?.ofWorkload[job.workload] ?? job.workload
