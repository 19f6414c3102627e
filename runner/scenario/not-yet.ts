/**
 * The language that is meant but not simulated yet: refused by name, never as unknown, never ignored. An entry goes when
 * the schema learns its field.
 */
import { policies } from '../../engine/policies/index.ts'

export interface NotYet {
  /** Steps by dots; `*` is any key or index, `a|b` either. */
  readonly at: string
  /** What a person calls it, in the plural or as a noun: “… cannot be simulated yet”. */
  readonly what: string
  /** Only such values; any where it is absent. */
  readonly when?: (value: unknown) => boolean
}

const pools = 'spec.fabric.pools|clusters.*'
const policyNames = ['min-min', 'max-min', 'minmin', 'maxmin', 'min-cost-flow', 'heft', 'onnx']

const isUnknownPolicy = (name: unknown): boolean =>
  policyNames.includes(String(name)) &&
  !policies.some(entry => entry.name === name || entry.aliases?.includes(String(name)))

export const notYet: readonly NotYet[] = [
  { at: `${pools}.scheduler`, what: 'schedulers of clusters' },
  { at: 'spec.fabric.network.links.*.jitter', what: 'jitter' },
  { at: 'spec.fabric.network.links.*.loss', what: 'loss of packets' },
  { at: 'spec.workloads.*.service', what: 'services' },
  { at: 'spec.policies.*', what: 'this policy', when: isUnknownPolicy },
  ...policyNames
    .filter(isUnknownPolicy)
    .map((name): NotYet => ({ at: `spec.policies.*.${name}`, what: 'this policy' })),
  { at: 'spec.expect.*.for', what: 'expectations over a time' },
  { at: 'spec.expect.*.rearm', what: 'expectations over a time' },
]
