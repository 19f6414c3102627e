/** Scenario → Model: names become numbers, traces become columns, everything lies in one shared buffer. */
import { type Model, shareModel } from '../../engine/model.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { EffectList } from './effects.ts'
import { compileFabric, hostsOf } from './fabric.ts'
import { compileFailures } from './failures.ts'
import { compileRandomFailures } from './random-failures.ts'
import { compileTenants } from './tenants.ts'
import { compileTriggers } from './triggers.ts'
import { compileWorkloads, type TraceNote } from './workloads.ts'

export interface Compiled {
  model: Model
  traces: TraceNote[]
}

/** Throws FabricdtError `file-unreadable`, `bad-trace` or `impossible-demand`. */
export function compile(scenario: Scenario): Compiled {
  const fabric = compileFabric(scenario)
  const hosts = hostsOf(scenario, fabric)
  const { workloads, stages, traces, notes, ...kinds } = compileWorkloads(scenario, hosts, fabric.clusters.names)
  const classes = kinds.classes.finish(hosts)
  const neighbours = kinds.neighbours.finish(kinds.classes.among)
  const effects = new EffectList()
  const failures = compileFailures(scenario, fabric, effects)
  const randomFailures = compileRandomFailures(scenario, fabric, effects)
  const triggers = compileTriggers(scenario, fabric, effects)
  const tenants = compileTenants(scenario)
  const model: Model = {
    seed: scenario.seed,
    horizonS: scenario.horizonS ?? Number.POSITIVE_INFINITY,
    warmupS: scenario.warmupS,
    ...(scenario.compat === null ? {} : { compat: scenario.compat }),
    ...fabric,
    classes,
    ...(neighbours === undefined ? {} : { neighbours }),
    stages,
    workloads,
    ...(tenants === undefined ? {} : { tenants }),
    traces,
    effects: effects.columns(),
    failures,
    randomFailures,
    triggers,
  }
  return { model: shareModel(model), traces: notes }
}
