/** A decision point as a policy of the user's own sees it: the engine's, with its answers under guard. */
import type { Choice, Pass } from '../../engine/index.ts'

/** So often a policy may ask for the head before it has answered: then it never will. */
const mostAsked = 10_000

type Guard = <T>(stage: number, act: () => T) => T

/**
 * The pass with guarded answers. A policy that goes on asking for the head without an answer to it is stopped, since the
 * run would never end.
 */
export function checkedPass(pass: Pass, choiceOf: (choice: Choice) => Choice, guarded: Guard): Pass {
  const bound = boundMethods(pass)
  let asked = 0
  const answer =
    <A extends readonly unknown[], T>(act: (stage: number, ...rest: A) => T) =>
    (stage: number, ...rest: A): T => {
      asked = 0
      return guarded(stage, () => act(stage, ...rest))
    }
  // What the head no longer is, is an answer too.
  const quiet =
    <T>(act: () => T) =>
    (): T => {
      asked = 0
      return act()
    }
  return Object.assign(bound, {
    head: () => {
      if (++asked > mostAsked)
        throw new Error(
          `decide asked ${mostAsked} times for the head and did nothing about it: place() it, or else skip() or hold() it`,
        )
      return pass.head()
    },
    skip: quiet(() => pass.skip()),
    hold: quiet(() => pass.hold()),
    place: (stage: number, choice: Choice) => {
      const isPlaced = guarded(stage, () => pass.place(stage, choiceOf(choice)))
      if (isPlaced) asked = 0
      return isPlaced
    },
    shadow: answer((stage, choice: Choice, standby?: boolean) => pass.shadow(stage, choiceOf(choice), standby)),
    reserve: answer((stage, choice: Choice, kind: Parameters<Pass['reserve']>[2]) =>
      pass.reserve(stage, choiceOf(choice), kind),
    ),
    placeBeside: answer((stage, choice: Choice) => pass.placeBeside(stage, choiceOf(choice))),
    startOrPlan: answer((stage, choice: Choice) => pass.startOrPlan(stage, choiceOf(choice))),
    migrate: answer((stage, choice: Choice) => pass.migrate(stage, choiceOf(choice))),
    reject: answer(stage => pass.reject(stage)),
    deferUntil: answer((stage, time: number) => pass.deferUntil(stage, time)),
    suspendAt: answer((stage, time: number) => pass.suspendAt(stage, time)),
    preempt: answer((attempt, graceS: number) => pass.preempt(attempt, graceS)),
  } satisfies Partial<Pass>) as Pass
}

/** All methods of the pass, bound to it once: policies call them often. */
function boundMethods(pass: Pass): Pick<Pass, 'model' | 'now' | 'switches'> {
  const methods: Record<string, unknown> = {}
  for (let prototype = pass; prototype !== null; prototype = Object.getPrototypeOf(prototype))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      if (typeof value === 'function' && !Object.hasOwn(methods, name)) methods[name] = value.bind(pass)
  return Object.defineProperties(methods, {
    model: { value: pass.model, enumerable: true },
    now: { get: () => pass.now, enumerable: true },
    switches: { value: pass.switches, enumerable: true },
  }) as unknown as Pick<Pass, 'model' | 'now' | 'switches'>
}
