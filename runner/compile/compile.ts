/** Scenario → Model: names become numbers, traces become columns, everything lies in one shared buffer. */
import { type Model, shareModel, type Triggers } from '../../engine/model.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { EffectList } from './effects.ts'
import { compileFabric, hostsOf } from './fabric.ts'
import { compileFailures } from './failures.ts'
import { compileRandomFailures } from './random-failures.ts'
import { compileWorkloads, type TraceNote } from './workloads.ts'

export interface Compiled {
  model: Model
  traces: TraceNote[]
}

/** Throws FabricdtError `file-unreadable`, `bad-trace` or `impossible-demand`. */
export function compile(scenario: Scenario): Compiled {
  const fabric = compileFabric(scenario)
  const hosts = hostsOf(scenario, fabric)
  const { workloads, stages, traces, classes, notes } = compileWorkloads(scenario, hosts, fabric.clusters.names)
  const effects = new EffectList()
  const failures = compileFailures(scenario, fabric, effects)
  const randomFailures = compileRandomFailures(scenario, fabric, effects)
  const model: Model = {
    seed: scenario.seed,
    horizonS: scenario.horizonS ?? Number.POSITIVE_INFINITY,
    warmupS: scenario.warmupS,
    ...fabric,
    classes: classes.finish(hosts),
    stages,
    workloads,
    traces,
    effects: effects.columns(),
    failures,
    randomFailures,
    triggers: noTriggers,
  }
  return { model: shareModel(model), traces: notes }
}

const noTriggers: Triggers = {
  count: 0,
  labels: [],
  metric: new Int32Array(),
  cluster: new Int32Array(),
  comparator: new Uint8Array(),
  value: new Float64Array(),
  holdS: new Float64Array(),
  forS: new Float64Array(),
  rearmS: new Float64Array(),
  picks: new Int32Array(),
  memberStart: new Int32Array(1),
  memberEffect: new Int32Array(),
  memberWeight: new Float64Array(),
}
