import type { Model, Tenants } from '../model.ts'
import { choices } from './choices/index.ts'
import { orders } from './orders/index.ts'
import type { Choice, Pass, Policy, PolicyEntry } from './policy.ts'

/** Cores, memory, GPUs. */
type Amounts = [number, number, number]

/**
 * Dominant resource fairness (Ghodsi et al., NSDI'11): a tenant's dominant share is the greatest of its shares of all
 * cores, memory and GPUs of the fabric, over its weight; next is always the first stage that waits of the tenant with
 * the least. What does not fit is passed over. Linear in what waits and runs.
 */
class FairShare implements Policy {
  readonly order = orders.fcfs
  private readonly choice: Choice
  private total: Amounts | null = null

  constructor(choice: string) {
    this.choice = choices[choice]()
  }

  decide(pass: Pass): void {
    pass.lookAhead()
    const { model } = pass
    this.total ??= totalOf(model)
    const tenants = tenantsOf(model)
    const used = Array.from({ length: tenants.count }, (): Amounts => [0, 0, 0])
    pass.expect((_node, stageClass, tasks, _endS, workload) => {
      add(used[tenants.ofWorkload[workload]], model, stageClass, tasks)
    })
    const queues = Array.from({ length: tenants.count }, (): number[] => [])
    for (let stage = pass.following(-1); stage >= 0; stage = pass.following(stage))
      queues[tenants.ofWorkload[pass.workloadOf(stage)]].push(stage)
    this.share(
      pass,
      tenants,
      used,
      queues.map(queue => queue.values()),
    )
  }

  private share(pass: Pass, tenants: Pick<Tenants, 'weight'>, used: Amounts[], queues: ArrayIterator<number>[]): void {
    const total = this.total as Amounts
    const shares = used.map((amounts, tenant) => dominant(amounts, total) / tenants.weight[tenant])
    const open = new Set(shares.keys())
    while (open.size > 0) {
      let tenant = -1
      for (const other of open) if (tenant < 0 || shares[other] < shares[tenant]) tenant = other
      const { value: stage, done } = queues[tenant].next()
      if (done === true) open.delete(tenant)
      else if (pass.place(stage, this.choice)) {
        const stageClass = pass.classOf(stage)
        add(used[tenant], pass.model, stageClass, pass.model.classes.tasks[stageClass])
        shares[tenant] = dominant(used[tenant], total) / tenants.weight[tenant]
      }
    }
  }
}

/** Those of the model, or each workload as one. */
const tenantsOf = ({ tenants, workloads }: Model): Pick<Tenants, 'count' | 'ofWorkload' | 'weight'> =>
  tenants ?? {
    count: workloads.count,
    ofWorkload: Int32Array.from({ length: workloads.count }, (_, w) => w),
    weight: new Float64Array(workloads.count).fill(1),
  }

function totalOf({ groups }: Model): Amounts {
  const total: Amounts = [0, 0, 0]
  for (let g = 0; g < groups.count; g++) {
    const nodes = groups.nodeStart[g + 1] - groups.nodeStart[g]
    total[0] += nodes * groups.cpuMilli[g]
    total[1] += nodes * groups.memoryBytes[g]
    total[2] += nodes * groups.gpuMilli[g]
  }
  return total
}

function add(amounts: Amounts, { classes }: Model, stageClass: number, tasks: number): void {
  amounts[0] += tasks * classes.cpuMilli[stageClass]
  amounts[1] += tasks * classes.memoryBytes[stageClass]
  amounts[2] += tasks * classes.gpuMilli[stageClass]
}

const dominant = (amounts: Amounts, total: Amounts): number =>
  Math.max(...amounts.map((amount, i) => (amount > 0 ? amount / total[i] : 0)))

export const fairShare: PolicyEntry = {
  name: 'fair-share',
  aliases: ['drf'],
  summary: 'Next always the tenant with the least dominant share of cores, memory and GPUs (DRF); nothing blocks.',
  options: {
    choice: {
      type: 'string',
      description: 'Choice of node.',
      enum: Object.keys(choices),
      default: 'first-fit',
    },
  },
  create: options => new FairShare((options.choice as string | undefined) ?? 'first-fit'),
}
