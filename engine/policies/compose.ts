/** The composed policy: an order, what a head that does not fit means, a choice of node, and what follows a placement. */
import type { OptionSchema } from '../schema.ts'
import { choices } from './choices/index.ts'
import { orders } from './orders/index.ts'
import type { AfterPlacement, Choice, Order, Pass, Policy, PolicyEntry, ReservationKind } from './policy.ts'
import { backfillConservatively, backfillEasy, backfillOptions } from './wrappers/backfill.ts'

type Options = Readonly<Record<string, unknown>>

/** What a policy is put together of; an order and a choice by their names in the tables, or as they are. */
export interface Parts {
  readonly order: string | Order
  /** Whether a head that does not fit holds up what is behind it. */
  readonly blocking: boolean
  readonly choice: string | Choice
  /** Whether others may go before a head that does not fit. */
  readonly backfill?: 'none' | 'easy' | 'conservative'
  readonly reservation?: ReservationKind
  readonly replan?: 'anew' | 'forward'
}

/** As the options of an entry name them. */
type NamedParts = Parts & { readonly order: string; readonly choice: string }

class ComposedPolicy implements Policy {
  readonly order: Order
  protected readonly choice: Choice
  private readonly blocking: boolean
  protected readonly after: AfterPlacement | undefined

  constructor(parts: Parts, options: Options, after?: AfterPlacement) {
    this.order = typeof parts.order === 'string' ? orders[parts.order] : parts.order
    this.blocking = parts.blocking
    this.choice = typeof parts.choice === 'string' ? choices[parts.choice](options) : parts.choice
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
const partOptions = (defaults: NamedParts): Readonly<Record<string, OptionSchema>> => ({
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

/** A policy from parts; `options` are those of a choice that is given by its name, `after` is told of each placement. */
export const compose = (parts: Parts, options: Options = {}, after?: AfterPlacement): Policy =>
  new kinds[parts.backfill ?? 'none'](parts, options, after)

/** An entry of the table from parts, with options of its own besides, for its choice, and perhaps a hook made of them. */
export function composed(
  entry: Omit<PolicyEntry, 'options' | 'create'>,
  defaults: NamedParts,
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
      return compose(parts, options, wrapper?.after?.(options))
    },
  }
}
