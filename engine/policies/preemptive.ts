import { choices } from './choices/index.ts'
import { orders } from './orders/index.ts'
import type { Choice, Pass, Policy, PolicyEntry } from './policy.ts'
import { findVictims, type Tenure } from './victims.ts'

/**
 * By priority, first come, first served; what does not fit is passed over, but displaces attempts of lower priority
 * where that makes room: they have a grace period, what they have saved is kept, and they wait again. Linear in what
 * waits and runs.
 */
class Preemptive implements Policy {
  readonly order = orders.fcfs
  private readonly choice: Choice
  private readonly graceS: number
  /** Attempts that are on their way out, until when. */
  private readonly leaving = new Map<number, number>()
  /** For whom they make way: waiting stages by the number of their job and the stage. */
  private readonly nominated = new Map<string, number>()

  constructor(choice: string, graceS: number) {
    this.choice = choices[choice]()
    this.graceS = graceS
  }

  decide(pass: Pass): void {
    pass.lookAhead()
    forgetPast(this.leaving, pass.now)
    forgetPast(this.nominated, pass.now)
    const { priority } = pass.model.workloads
    const lowest = Math.min(...priority)
    for (let stage = pass.following(-1); stage >= 0; stage = pass.following(stage)) {
      if (pass.place(stage, this.choice)) continue
      const own = priority[pass.workloadOf(stage)]
      if (own > lowest) this.displace(pass, stage, own)
    }
  }

  private displace(pass: Pass, stage: number, priority: number): void {
    const name = `${pass.jobOf(stage)} ${pass.templateOf(stage)}`
    if (this.nominated.has(name)) return
    const victims = findVictims(pass, stage, priority, this.tenures(pass))
    if (victims === null) return
    for (const { attempt } of victims) {
      pass.preempt(attempt, this.graceS)
      if (this.graceS > 0) this.leaving.set(attempt, pass.now + this.graceS)
    }
    if (this.graceS > 0) this.nominated.set(name, pass.now + this.graceS)
    else pass.place(stage, this.choice)
  }

  /** What could be displaced, by node. */
  private tenures(pass: Pass): Map<number, Tenure[]> {
    const { classes, workloads } = pass.model
    const tenures = new Map<number, Tenure[]>()
    pass.expect((node, stageClass, tasks, _endS, workload, attempt) => {
      if (this.leaving.has(attempt)) return
      const { cpuMilli, memoryBytes, gpuMilli } = classes
      const held = [cpuMilli, memoryBytes, gpuMilli].map(column => tasks * column[stageClass])
      const tenure = { attempt, priority: workloads.priority[workload], beginS: pass.beginOf(attempt), held }
      const list = tenures.get(node)
      if (list === undefined) tenures.set(node, [tenure])
      else list.push(tenure)
    })
    return tenures
  }
}

function forgetPast<T>(until: Map<T, number>, nowS: number): void {
  for (const [key, untilS] of until) if (untilS <= nowS) until.delete(key)
}

export const preemptive: PolicyEntry = {
  name: 'preemptive',
  summary:
    'By priority, first come, first served; what does not fit displaces attempts of lower priority; nothing blocks.',
  options: {
    choice: { type: 'string', description: 'Choice of node.', enum: Object.keys(choices), default: 'first-fit' },
    graceS: {
      type: 'number',
      description: 'Seconds that a displaced attempt has left, in which it may still end.',
      default: 0,
      minimum: 0,
      maximum: 86_400,
    },
  },
  create: options =>
    new Preemptive((options.choice as string | undefined) ?? 'first-fit', (options.graceS as number | undefined) ?? 0),
}
