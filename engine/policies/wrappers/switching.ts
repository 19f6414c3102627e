/**
 * Idle nodes switched off, and on again when something waits for them: around any policy, which sees nodes that are not
 * on as not there. Opportunistic and inertial are Batsim's words (Poquet, PhD thesis, Grenoble 2017, chapter 5).
 */
import { type OptionSchema, withDefaults } from '../../schema.ts'
import type { Pass, Policy, PolicyEntry } from '../policy.ts'
import { Provisions } from './provisions.ts'

const properties: Readonly<Record<string, OptionSchema>> = {
  mode: {
    type: 'string',
    description: 'opportunistic: a node goes off as soon as it is idle; inertial: when it has been so for `keepS`.',
    enum: ['opportunistic', 'inertial'],
    default: 'opportunistic',
  },
  keepS: {
    type: 'number',
    description: 'Seconds for which an idle node stays on, where it is inertial.',
    minimum: 0,
    default: 300,
  },
  awake: {
    type: 'number',
    description: 'Part of the nodes of each cluster that stays on, idle or not; rounded up to whole nodes.',
    minimum: 0,
    maximum: 1,
    default: 0,
  },
  wake: {
    type: 'string',
    description:
      'What nodes are booted for: waiting: a stage that waits, if with them it would fit now; stuck: only one that would not fit even if nothing else was placed on the nodes that are on.',
    enum: ['waiting', 'stuck'],
    default: 'waiting',
  },
}

export const switchOff: OptionSchema = {
  type: 'object',
  description:
    'Idle nodes are switched off, and booted for what waits; what that takes is said by the power of their pool. {}: at once. Absent: nodes stay on.',
  examples: [{}, { mode: 'inertial', keepS: 600, awake: 0.1 }],
  properties,
}

class SwitchingPolicy implements Policy {
  readonly order
  readonly switches = true
  private readonly inner: Policy
  private readonly keepS: number
  private readonly awake: number
  private readonly provisions: Provisions

  constructor(inner: Policy, given: Readonly<Record<string, unknown>>) {
    const options = withDefaults(given, properties)
    this.inner = inner
    this.order = inner.order
    this.keepS = options.mode === 'inertial' ? (options.keepS as number) : 0
    this.awake = options.awake as number
    this.provisions = new Provisions(options.wake === 'stuck')
  }

  decide(pass: Pass): void {
    if (!pass.switches) return this.inner.decide(pass)
    this.inner.decide(pass)
    this.provisions.renew(pass)
    let askS = Number.POSITIVE_INFINITY
    for (let cluster = 0; cluster < pass.model.clusters.count; cluster++)
      askS = Math.min(askS, this.keepAwake(pass, cluster))
    if (askS < Number.POSITIVE_INFINITY) pass.askAt(askS)
  }

  /** Switches off what has been idle for long enough; when the next one will have been. */
  private keepAwake(pass: Pass, cluster: number): number {
    const { nodeStart } = pass.model.clusters
    const least = Math.ceil(this.awake * (nodeStart[cluster + 1] - nodeStart[cluster]))
    if (pass.nodesOn(cluster) < least) bootUpTo(pass, cluster, least)
    let next = -1
    for (let node = pass.longestIdle(cluster); node >= 0 && pass.nodesOn(cluster) > least; node = next) {
      next = pass.nextIdle(node)
      const dueS = pass.idleSince(node) + this.keepS
      if (dueS > pass.now) return dueS
      if (!this.provisions.needs(node)) pass.power(node, false)
    }
    return Number.POSITIVE_INFINITY
  }
}

/** Where nodes that stayed on have failed, others take their place. */
function bootUpTo(pass: Pass, cluster: number, least: number): void {
  const { groups } = pass.model
  for (let group = 0; group < groups.count; group++) {
    if (groups.cluster[group] !== cluster) continue
    for (
      let node = pass.nextOff(group, 0);
      node >= 0 && pass.nodesOn(cluster) < least;
      node = pass.nextOff(group, node + 1)
    )
      pass.power(node, true)
  }
}

/** The same policy with an option more. */
export const switchable = (entry: PolicyEntry): PolicyEntry => ({
  ...entry,
  options: { ...entry.options, switchOff },
  create(options) {
    const { switchOff: given, ...own } = options
    const policy = entry.create(own)
    return given === undefined ? policy : new SwitchingPolicy(policy, given as Readonly<Record<string, unknown>>)
  },
})
