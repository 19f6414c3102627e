/** The composed policy: an order, whether its head blocks, a choice of node, and what happens after a placement. */
import type { OptionSchema } from '../schema.ts'
import { choices } from './choices/index.ts'
import { orders } from './orders/index.ts'
import type { Choice, Pass, Policy, PolicyEntry } from './policy.ts'

interface Parts {
  readonly order: string
  readonly blocking: boolean
  readonly choice: string
}

/** Told after a stage was placed: the hook of wrappers such as shadows. */
export type AfterPlacement = (pass: Pass, stage: number, choice: Choice) => void

class ComposedPolicy implements Policy {
  readonly order
  private readonly blocking: boolean
  private readonly choice: Choice
  private readonly after: AfterPlacement | undefined

  constructor(parts: Parts, after?: AfterPlacement) {
    this.order = orders[parts.order]
    this.blocking = parts.blocking
    this.choice = choices[parts.choice]()
    this.after = after
  }

  decide(pass: Pass): void {
    for (let stage = pass.head(); stage >= 0; stage = pass.head()) {
      if (pass.place(stage, this.choice)) this.after?.(pass, stage, this.choice)
      else if (this.blocking) return pass.hold()
      else pass.skip()
    }
  }
}

/** Options by which every composed policy can be varied. */
const partOptions = (defaults: Parts): Readonly<Record<string, OptionSchema>> => ({
  order: { type: 'string', description: 'Queue order.', enum: Object.keys(orders), default: defaults.order },
  blocking: {
    type: 'boolean',
    description: 'Whether a head that does not fit holds up what is behind it.',
    default: defaults.blocking,
  },
  choice: { type: 'string', description: 'Choice of node.', enum: Object.keys(choices), default: defaults.choice },
})

/** An entry of the table from parts, with options of its own besides and a hook made of them. */
export function composed(
  entry: Omit<PolicyEntry, 'options' | 'create'>,
  defaults: Parts,
  wrapper?: {
    readonly options: Readonly<Record<string, OptionSchema>>
    readonly after: (options: Readonly<Record<string, unknown>>) => AfterPlacement
  },
): PolicyEntry {
  return {
    ...entry,
    options: { ...partOptions(defaults), ...wrapper?.options },
    create: options => new ComposedPolicy({ ...defaults, ...options } as Parts, wrapper?.after(options)),
  }
}
