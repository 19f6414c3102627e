/** Backfilling: what may start although something before it in the queue does not fit. */
import type { OptionSchema } from '../../schema.ts'
import type { AfterPlacement, Choice, Pass, ReservationKind } from '../policy.ts'

export const backfillOptions: Readonly<Record<string, OptionSchema>> = {
  backfill: {
    type: 'string',
    description:
      'Who may go before a head that does not fit, by the estimates: easy: those that do not delay the head; conservative: those that delay nobody; none: as `blocking` says.',
    enum: ['none', 'easy', 'conservative'],
    default: 'none',
  },
  reservation: {
    type: 'string',
    description:
      'With backfill easy, who does not delay the head: who ends before it can start, or else count: leaves enough for it then, hosts: uses none of the nodes that it would get, time: nobody.',
    enum: ['count', 'time', 'hosts'],
    default: 'count',
  },
  replan: {
    type: 'string',
    description:
      'With backfill conservative, what becomes of reservations: anew: all are made anew at each decision, in order; forward: each keeps its own, and moves forward, in order, when room is given back.',
    enum: ['anew', 'forward'],
    default: 'anew',
  },
}

/** The head does not fit: those behind it that do not delay it. */
export function backfillEasy(
  pass: Pass,
  head: number,
  choice: Choice,
  kind: ReservationKind,
  after?: AfterPlacement,
): void {
  pass.reserve(head, choice, kind)
  for (let stage = pass.candidate(); stage >= 0; stage = pass.candidate())
    if (pass.placeBeside(stage, choice)) after?.(pass, stage, choice)
}

/** All that wait, each where it delays none of those before it. */
export function backfillConservatively(pass: Pass, choice: Choice, kept: boolean, after?: AfterPlacement): void {
  pass.plan(kept)
  for (let stage = pass.following(-1); stage >= 0; stage = pass.following(stage))
    if (pass.startOrPlan(stage, choice)) after?.(pass, stage, choice)
}
