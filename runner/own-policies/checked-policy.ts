/**
 * A policy of the user's own under guard: whatever it throws, and every answer that the engine would take for granted
 * but must not, ends the run with an error that names the file, the decision and the stage.
 */
import type { Choice, Pass, Policy } from '../../engine/index.ts'
import { FabricdtError } from '../errors.ts'
import { CheckedChoices } from './checked-choices.ts'
import { checkedPass } from './checked-pass.ts'
import { placeIn } from './place-in.ts'

/** Makes a policy by `create`. Throws FabricdtError `bad-policy` where that throws or gives no policy. */
export function checkedPolicy(file: string, create: () => Policy): Policy {
  return new CheckedPolicy(file, policyFrom(file, create))
}

function policyFrom(file: string, create: () => Policy): Policy {
  let policy: Policy
  try {
    policy = create()
  } catch (cause) {
    throw new FabricdtError('bad-policy', `${placeIn(file, cause)}: create: ${cause}`, { cause })
  }
  if (typeof policy?.decide !== 'function' || typeof policy.order?.key !== 'function')
    throw new FabricdtError('bad-policy', `${placeIn(file, null)}: create gave no policy`, {
      hint: 'Return `{ order: { key(pass, stage) { … } }, decide(pass) { … } }`.',
    })
  return policy
}

class CheckedPolicy implements Policy {
  readonly order: Policy['order']
  private readonly file: string
  private readonly policy: Policy
  private readonly passes = new WeakMap<Pass, Pass>()
  private readonly choices: CheckedChoices
  private decisions = 0

  constructor(file: string, policy: Policy) {
    this.file = file
    this.policy = policy
    this.choices = new CheckedChoices(
      pass => this.passOf(pass),
      (pass, stage, act) => this.guarded(pass, stage, act),
    )
    this.order = { key: (pass, stage) => this.keyOf(pass, stage), changes: policy.order.changes === true }
  }

  decide(pass: Pass): void {
    this.decisions++
    this.guarded(pass, -1, () => this.policy.decide(this.passOf(pass)))
  }

  private keyOf(pass: Pass, stage: number): number {
    return this.guarded(pass, stage, () => {
      const key = this.policy.order.key(this.passOf(pass), stage)
      if (typeof key !== 'number' || Number.isNaN(key)) throw new Error(`order.key gave ${key}, not a number`)
      return key
    })
  }

  private passOf(pass: Pass): Pass {
    const known = this.passes.get(pass)
    if (known !== undefined) return known
    const checked = checkedPass(
      pass,
      (choice: Choice) => this.choices.of(choice),
      (stage, act) => this.guarded(pass, stage, act),
    )
    this.passes.set(pass, checked)
    return checked
  }

  private guarded<T>(pass: Pass, stage: number, act: () => T): T {
    try {
      return act()
    } catch (cause) {
      if (cause instanceof FabricdtError && cause.code === 'policy-failed') throw cause
      const of = stage < 0 ? '' : `, ${nameOf(pass, stage)}`
      const when = `decision ${this.decisions} at ${Number(pass.now.toFixed(3))} s${of}`
      throw new FabricdtError('policy-failed', `${placeIn(this.file, cause)}: ${when}: ${wordsOf(cause)}`, { cause })
    }
  }
}

/** What is illegal is said as it is; of anything else also what kind of error it is. */
const wordsOf = (cause: unknown): string =>
  cause instanceof Error && (cause.constructor === Error || cause.name === 'EngineError')
    ? cause.message
    : String(cause)

/** `stage “decode” of “camera”, submitted at 31.4 s`; what is no stage has no name. */
function nameOf(pass: Pass, stage: number): string {
  try {
    const { stages, workloads } = pass.model
    const id = stages.ids[pass.templateOf(stage)]
    const workload = workloads.names[pass.workloadOf(stage)]
    if (id !== undefined && workload !== undefined)
      return `stage “${id}” of “${workload}”, submitted at ${Number(pass.submitTimeOf(stage).toFixed(3))} s`
  } catch {
    // A number that is no slot.
  }
  return `stage ${stage}`
}
