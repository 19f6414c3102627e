/**
 * Quotas of tenants, as a ResourceQuota has them: a stage that is ready is let into the queue only while the requests of
 * all that its tenant has there or placed stay within them; till then it is held outside. Shadows are not counted.
 */
import type { Model, Tenants } from './model.ts'
import type { Run } from './run.ts'

export class Quotas {
  private readonly run: Run
  private readonly tenants: Tenants
  /** Requests of what was let in, by tenant. */
  private readonly cpuMilli: Float64Array
  private readonly memoryBytes: Float64Array
  private readonly gpuMilli: Float64Array
  private readonly admitted = new Set<number>()
  /** By tenant, in the order in which they became ready. */
  private readonly held: number[][]

  constructor(run: Run, tenants: Tenants) {
    this.run = run
    this.tenants = tenants
    this.cpuMilli = new Float64Array(tenants.count)
    this.memoryBytes = new Float64Array(tenants.count)
    this.gpuMilli = new Float64Array(tenants.count)
    this.held = Array.from({ length: tenants.count }, () => [])
  }

  get heldCount(): number {
    return this.held.reduce((sum, stages) => sum + stages.length, 0)
  }

  /** Lets a stage that is ready in, or holds it; one that was let in before stays in. */
  admit(stage: number): boolean {
    if (this.admitted.has(stage)) return true
    if (this.letIn(stage)) return true
    this.held[this.tenantOf(stage)].push(stage)
    return false
  }

  /** A held stage goes with its job; false if it was not held. */
  forget(stage: number): boolean {
    const held = this.held[this.tenantOf(stage)]
    const at = held.indexOf(stage)
    if (at >= 0) held.splice(at, 1)
    return at >= 0
  }

  /** A stage is over: `enter` is told of those that may enter now, in the order in which they became ready. */
  release(stage: number, enter: (stage: number) => void): void {
    if (!this.admitted.delete(stage)) return
    this.count(stage, -1)
    const tenant = this.tenantOf(stage)
    const held = this.held[tenant]
    if (held.length === 0) return
    const entering = held.filter(other => this.letIn(other))
    this.held[tenant] = held.filter(other => !this.admitted.has(other))
    for (const other of entering) enter(other)
  }

  private letIn(stage: number): boolean {
    this.count(stage, 1)
    const { tenants } = this
    const tenant = this.tenantOf(stage)
    const fits =
      this.cpuMilli[tenant] <= tenants.cpuMilli[tenant] &&
      this.memoryBytes[tenant] <= tenants.memoryBytes[tenant] &&
      this.gpuMilli[tenant] <= tenants.gpuMilli[tenant]
    if (fits) this.admitted.add(stage)
    else this.count(stage, -1)
    return fits
  }

  private count(stage: number, sign: number): void {
    const { classes } = this.run.model
    const stageClass = this.run.arena.stageClass(stage)
    const tenant = this.tenantOf(stage)
    const tasks = sign * classes.tasks[stageClass]
    this.cpuMilli[tenant] += tasks * classes.cpuMilli[stageClass]
    this.memoryBytes[tenant] += tasks * classes.memoryBytes[stageClass]
    this.gpuMilli[tenant] += tasks * classes.gpuMilli[stageClass]
  }

  private tenantOf(stage: number): number {
    return this.tenants.ofWorkload[this.run.workloadOf(stage)]
  }
}

/** Those of the model, or null where nobody has one. */
export const createQuotas = (run: Run, model: Model): Quotas | null =>
  hasQuotas(model) ? new Quotas(run, model.tenants as Tenants) : null

/** Whether some tenant has a quota. */
export function hasQuotas({ tenants }: Model): boolean {
  if (tenants === undefined) return false
  const { cpuMilli, memoryBytes, gpuMilli } = tenants
  return [cpuMilli, memoryBytes, gpuMilli].some(column => column.some(limit => limit !== Number.POSITIVE_INFINITY))
}
