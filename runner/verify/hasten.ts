/** A scenario whose own time goes faster: what users and work do, not what clusters do. */
import { distributions } from '../../engine/distributions.ts'
import type { Distribution, Scenario, ScenarioStage, ScenarioTrigger, ScenarioWorkload } from '../scenario/scenario.ts'

/** The distribution times a factor: its times, not its shape. */
export function scaled({ kind, parameters }: Distribution, factor: number): Distribution {
  const entry = distributions.find(({ name }) => name === kind)
  const isTime = (name: string) => entry?.parameters.some(one => one.name === name && one.kind === 'time')
  return {
    kind,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, isTime(name) ? value * factor : value]),
    ),
  }
}

/** All times of arrivals, work, deadlines and failures divided by `speedup`; start-up, detection and the network stay. */
export function hasten(scenario: Scenario, speedup: number): Scenario {
  const by = <T extends number | null>(timeS: T): T => (timeS === null ? timeS : ((timeS / speedup) as T))
  return {
    ...scenario,
    horizonS: by(scenario.horizonS),
    warmupS: by(scenario.warmupS),
    clusters: scenario.clusters.map(cluster => ({
      ...cluster,
      carbon: cluster.carbon === null ? null : { ...cluster.carbon, atS: cluster.carbon.atS.map(by) },
      ...(cluster.price && { price: { ...cluster.price, atS: cluster.price.atS.map(by) } }),
    })),
    workloads: scenario.workloads.map(workload => ({
      ...workload,
      deadlineS: by(workload.deadlineS),
      arrivals: arrivalsOf(workload.arrivals, speedup),
      stages: workload.stages.map(stage => stageOf(stage, speedup)),
    })),
    failures: scenario.failures.map(failure => ({ ...failure, atS: by(failure.atS), forS: by(failure.forS) })),
    randomFailures: scenario.randomFailures.map(failure => ({
      ...failure,
      up: scaled(failure.up, 1 / speedup),
      down: scaled(failure.down, 1 / speedup),
    })),
    triggers: scenario.triggers.map(
      (trigger): ScenarioTrigger => ({
        ...trigger,
        forS: by(trigger.forS),
        rearmS: by(trigger.rearmS),
        when: { ...trigger.when, holdS: by(trigger.when.holdS) },
      }),
    ),
  }
}

function stageOf(stage: ScenarioStage, speedup: number): ScenarioStage {
  const { duration, estimateS, checkpoint } = stage
  return {
    ...stage,
    duration: duration === null ? null : scaled(duration, 1 / speedup),
    estimateS: estimateS === null ? null : estimateS / speedup,
    checkpoint:
      checkpoint === null
        ? null
        : { ...checkpoint, everyS: checkpoint.everyS / speedup, costS: checkpoint.costS / speedup },
  }
}

function arrivalsOf(arrivals: ScenarioWorkload['arrivals'], speedup: number): ScenarioWorkload['arrivals'] {
  if (arrivals.process === 'trace') {
    const part = { fromS: 0, untilS: null, every: 1, ...arrivals.part }
    return { ...arrivals, part: { ...part, speedup } }
  }
  const { fromS, untilS } = arrivals
  const window = { fromS: fromS / speedup, untilS: untilS === null ? null : untilS / speedup }
  if (arrivals.process === 'renewal')
    return { ...arrivals, ...window, interval: scaled(arrivals.interval, 1 / speedup) }
  if (arrivals.process === 'closed') return { ...arrivals, ...window, think: scaled(arrivals.think, 1 / speedup) }
  if (arrivals.process === 'mmpp') {
    const states = arrivals.states.map(({ ratePerS, stayS }) => ({
      ratePerS: ratePerS * speedup,
      stayS: stayS / speedup,
    }))
    return { ...arrivals, ...window, states }
  }
  const faster = { ...arrivals, ...window, ratePerS: arrivals.ratePerS * speedup }
  return faster.process === 'diurnal'
    ? { ...faster, periodS: faster.periodS / speedup, peakS: faster.peakS / speedup }
    : faster
}
