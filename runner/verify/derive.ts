/**
 * The scenario that is both executed and predicted beside it: a window of the scenario's time, a sample of its jobs and nodes,
 * hastened. A scenario as any other; nothing of it is special to the engine.
 */
import { findFormat } from '../formats/index.ts'
import { executeDefaults } from '../scenario/resolve/execute.ts'
import type {
  Scenario,
  ScenarioExecute,
  ScenarioFailure,
  ScenarioWorkload,
  TraceArrivals,
} from '../scenario/scenario.ts'
import { hasten } from './hasten.ts'
import { windowed } from './part-of-workload.ts'
import { sample } from './sample-of-fabric.ts'

export interface Derived {
  scenario: Scenario
  execute: ScenarioExecute
  /** How it differs from the file: sentences. */
  sentences: string[]
}

/** Derives what `execute` asks for; the scenario itself where it asks for nothing. */
export function deriveExecuted(scenario: Scenario): Derived {
  const execute = scenario.execute ?? executeDefaults
  const steady = withoutCourses(scenario)
  const cut = execute.fromS === 0 && execute.forS === null ? steady : inWindow(steady, execute)
  const sampled = execute.sample === 1 ? cut : sample(cut, execute.sample)
  const hastened = execute.speedup === 1 ? sampled : hasten(sampled, execute.speedup)
  return {
    scenario: hastened,
    execute,
    sentences: [
      ...(steady === scenario
        ? []
        : ['What tasks use over time is not executed: they use what they request, all the time.']),
      ...sentencesOf(scenario, hastened, execute),
    ],
  }
}

/** Containers burn what they request: use that changes on the way is for the simulation only. */
function withoutCourses(scenario: Scenario): Scenario {
  const hasCourse = ({ arrivals }: ScenarioWorkload) =>
    arrivals.process === 'trace' && filesBeside(arrivals).some(name => Object.hasOwn(arrivals.options, name))
  if (!scenario.workloads.some(hasCourse)) return scenario
  const workloads = scenario.workloads.map((workload): ScenarioWorkload => {
    const { arrivals } = workload
    if (arrivals.process !== 'trace') return workload
    const names = filesBeside(arrivals)
    const options = Object.fromEntries(Object.entries(arrivals.options).filter(([name]) => !names.includes(name)))
    return { ...workload, arrivals: { ...arrivals, options } }
  })
  return { ...scenario, workloads }
}

const filesBeside = ({ format }: TraceArrivals): readonly string[] => findFormat(format)?.files ?? []

/** Without a horizon of its own: what arrived in the window is finished. */
function inWindow(scenario: Scenario, { fromS, forS }: ScenarioExecute): Scenario {
  const endS = Math.min(scenario.horizonS ?? Number.POSITIVE_INFINITY, forS === null ? Infinity : fromS + forS)
  return {
    ...scenario,
    start: new Date(Date.parse(scenario.start) + fromS * 1000).toISOString().replace('.000Z', 'Z'),
    horizonS: forS === null && scenario.horizonS !== null ? scenario.horizonS - fromS : null,
    warmupS: Math.max(0, scenario.warmupS - fromS),
    clusters: scenario.clusters.map(cluster => ({
      ...cluster,
      carbon: cluster.carbon && ratesFrom(cluster.carbon, fromS),
      ...(cluster.price && { price: ratesFrom(cluster.price, fromS) }),
    })),
    workloads: scenario.workloads.map(workload => ({
      ...workload,
      arrivals: windowed(workload.arrivals, fromS, endS),
    })),
    failures: scenario.failures.flatMap(failure => failureIn(failure, fromS, endS)),
  }
}

/** A failure that is in force when the window begins comes at its begin, for what is left of it. */
function failureIn(failure: ScenarioFailure, fromS: number, endS: number): ScenarioFailure[] {
  const { atS, forS } = failure
  if (atS >= endS || (forS !== null && atS + forS <= fromS)) return []
  if (atS >= fromS) return [{ ...failure, atS: atS - fromS }]
  return [{ ...failure, atS: 0, forS: forS === null ? null : atS + forS - fromS }]
}

const ratesFrom = <T extends { atS: number[] }>(rates: T, fromS: number): T => ({
  ...rates,
  atS: rates.atS.map(atS => atS - fromS),
})

function sentencesOf(
  scenario: Scenario,
  derived: Scenario,
  { fromS, forS, sample, speedup }: ScenarioExecute,
): string[] {
  const nodes = scenario.clusters.flatMap(({ name, nodes }, c) => {
    const now = derived.clusters[c].nodes
    return now === nodes ? [] : [`${name} ${now} of ${nodes}`]
  })
  return [
    ...(forS === null && fromS === 0
      ? []
      : [
          `Of the scenario’s time, what arrives from ${fromS} s ${forS === null ? 'on' : `to ${fromS + forS} s`} is run.`,
        ]),
    ...(sample === 1
      ? []
      : [
          `${Number((sample * 100).toPrecision(3))} % of the jobs are run, on nodes in proportion: ${nodes.join(', ')}.`,
        ]),
    ...(speedup === 1
      ? []
      : [`The scenario’s own time goes ${speedup} times faster; start-up, detection and the network do not.`]),
  ]
}
