/** Runs of one policy on the worlds of the suite, each made once. */

import { type Model, type PolicyEntry, simulate } from '../../engine/index.ts'
import { fcfs } from '../../engine/policies/fcfs.ts'
import { withDefaults } from '../../engine/schema.ts'
import { compile } from '../compile/compile.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { labelledWorld } from './labelled-world.ts'
import { loadedWorld } from './loaded-world.ts'

export type Recorded = ReturnType<typeof simulate>

const models = new Map<Scenario, Model>()
const modelOf = (scenario: Scenario): Model => {
  const model = models.get(scenario) ?? compile(scenario).model
  models.set(scenario, model)
  return model
}

/** w0 may use b and d only, which are tainted; w1 a only. */
let labels: Scenario | undefined

export class Trials {
  readonly entry: PolicyEntry
  private readonly known = new Map<string, Recorded>()

  constructor(entry: PolicyEntry) {
    this.entry = entry
  }

  get model(): Model {
    return modelOf(loadedWorld)
  }

  get labelledModel(): Model {
    labels ??= labelledWorld("tolerations: ['*'], nodeSelector: { topology.kubernetes.io/region: [FR, US] }", 'cpu: 1')
    return modelOf(labels)
  }

  /** In the small fabric under load; as often as it is asked for it is the same run. */
  run(replication = 0, options: Readonly<Record<string, unknown>> = {}): Recorded {
    const key = JSON.stringify([replication, options])
    const known = this.known.get(key) ?? this.fresh(replication, options)
    this.known.set(key, known)
    return known
  }

  /** The same, simulated anew. */
  fresh(replication = 0, options: Readonly<Record<string, unknown>> = {}): Recorded {
    return this.simulated(this.model, this.entry, replication, options)
  }

  labelled(): Recorded {
    return this.simulated(this.labelledModel, this.entry, 0, {})
  }

  /** What first come, first served makes of the same luck. */
  yardstick(): Recorded {
    return this.simulated(this.model, fcfs, 0, {})
  }

  private simulated(model: Model, entry: PolicyEntry, replication: number, given: Readonly<Record<string, unknown>>) {
    const options = { ...withDefaults({}, entry.options), ...given }
    return simulate(model, entry.create(options), {
      replication,
      record: { jobs: true, decisions: true, events: true },
    })
  }
}
