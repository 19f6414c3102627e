/**
 * What a policy of one's own is written with: `fabricdt-run/policy`. Only the types are needed; the rest is what the
 * policies of the table are put together of.
 */
import { choices as choicesByName } from './policies/choices/index.ts'
import { orders as ordersByName } from './policies/orders/index.ts'
import type { Choice, Order } from './policies/policy.ts'

export { type Model, nodeName } from './model.ts'
export type { Tally } from './node-watch.ts'
export { compose, type Parts } from './policies/compose.ts'
export type {
  AfterPlacement,
  Choice,
  ExpectedTasks,
  Order,
  Pass,
  Policy,
  PolicyEntry,
  ReservationKind,
  Scorer,
  Tell,
} from './policies/policy.ts'
export type { OptionSchema } from './schema.ts'

/** Queue orders by name. */
export const orders: Readonly<Record<string, Order>> = ordersByName

/** Choices of a node by name; each call makes a fresh one, since some remember. */
export const choices: Readonly<Record<string, (options?: Readonly<Record<string, unknown>>) => Choice>> = choicesByName
