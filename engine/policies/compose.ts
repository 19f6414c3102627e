/** The composed policy: an order, what a head that does not fit means, a choice of node, and what follows a placement. */
import type { OptionSchema } from '../schema.ts'
import { choices } from './choices/index.ts'
import { orders } from './orders/index.ts'
import type { AfterPlacement, Choice, Pass, Policy, PolicyEntry, ReservationKind } from './policy.ts'
import { backfillConservatively, backfillEasy, backfillOptions } from './wrappers/backfill.ts'

type Options = Readonly<Record<string, unknown>>

interface Parts {
  readonly order: string
  readonly blocking: boolean
  readonly choice: string
  readonly backfill?: 'none' | 'easy' | 'conservative'
  readonly reservation?: ReservationKind
  readonly replan?: 'anew' | 'forward'
}

class ComposedPolicy implements Policy {
  readonly order
  protected readonly choice: Choice
  private readonly blocking: boolean
  protected readonly after: AfterPlacement | undefined

  constructor(parts: Parts, options: Options, after?: AfterPlacement) {
    this.order = orders[parts.order]
    this.blocking = parts.blocking
    this.choice = choices[parts.choice](options)
    this.after = after
  }

  decide(pass: Pass): void {
    for (let stage = pass.head(); stage >= 0; stage = pass.head()) {
      if (pass.place(stage, this.choice)) this.after?.(pass, stage, this.choice)
      else if (!this.blocking) pass.skip()
      else if (pass.hold()) return
    }
  }
}

class EasyPolicy extends ComposedPolicy {
  private readonly kind: ReservationKind

  constructor(parts: Parts, options: Options, after?: AfterPlacement) {
    super(parts, options, after)
    this.kind = parts.reservation ?? 'count'
  }

  override decide(pass: Pass): void {
    pass.lookAhead()
    for (let stage = pass.head(); stage >= 0; stage = pass.head()) {
      if (!pass.place(stage, this.choice)) return backfillEasy(pass, stage, this.choice, this.kind, this.after)
      this.after?.(pass, stage, this.choice)
    }
  }
}

class ConservativePolicy extends ComposedPolicy {
  private readonly kept: boolean

  constructor(parts: Parts, options: Options, after?: AfterPlacement) {
    super(parts, options, after)
    this.kept = parts.replan === 'forward'
  }

  override decide(pass: Pass): void {
    pass.lookAhead()
    backfillConservatively(pass, this.choice, this.kept, this.after)
  }
}

const kinds = { none: ComposedPolicy, easy: EasyPolicy, conservative: ConservativePolicy }

/** Options by which every composed policy can be varied. */
const partOptions = (defaults: Parts): Readonly<Record<string, OptionSchema>> => ({
  order: { type: 'string', description: 'Queue order.', enum: Object.keys(orders), default: defaults.order },
  blocking: {
    type: 'boolean',
    description: 'Whether a head that does not fit holds up what is behind it.',
    default: defaults.blocking,
  },
  choice: { type: 'string', description: 'Choice of node.', enum: Object.keys(choices), default: defaults.choice },
  ...backfillOptions,
  backfill: { ...backfillOptions.backfill, default: defaults.backfill ?? 'none' },
})

/** An entry of the table from parts, with options of its own besides, for its choice, and perhaps a hook made of them. */
export function composed(
  entry: Omit<PolicyEntry, 'options' | 'create'>,
  defaults: Parts,
  wrapper?: {
    readonly options: Readonly<Record<string, OptionSchema>>
    readonly after?: (options: Options) => AfterPlacement
  },
): PolicyEntry {
  return {
    ...entry,
    options: { ...partOptions(defaults), ...wrapper?.options },
    create(options) {
      const parts = { ...defaults, ...options } as Parts
      return new kinds[parts.backfill ?? 'none'](parts, options, wrapper?.after?.(options))
    },
  }
}
