/** Random failures in words. */
import type { Distribution, ScenarioRandomFailure } from './scenario/scenario.ts'

/** One sentence. */
export function describeFailure({ of, within, up, down, weightedBy }: ScenarioRandomFailure): string {
  const place = within === null ? '' : ` of ${within.kind} ${within.name}`
  const who = of === 'nodes' ? 'Nodes' : of === 'clusters' ? 'Clusters, each as a whole,' : 'Zones, each as a whole,'
  const weights =
    weightedBy === null
      ? ''
      : '; the less resilient fail more often, in proportion to 1 − resiliency, with the same rate on the whole'
  return `${who}${place} fail at random, whatever their load and whatever else fails: up for ${draw(up)}, down for ${draw(down)}${weights}.`
}

/** `a time with mean 6h (exponential)`. */
function draw({ kind, parameters }: Distribution): string {
  const words = Object.entries(parameters).map(([name, value]) =>
    ['cv', 'shape'].includes(name) ? `${name} ${value}` : `${name} ${duration(value)}`,
  )
  return kind === 'constant' ? `always ${duration(parameters.value)}` : `${words.join(', ')} (${kind})`
}

/** Seconds in the largest unit that leaves a short number. */
export function duration(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const
  const whole = units.find(([, length]) => seconds >= length && Number.isInteger(seconds / length))
  if (whole !== undefined) return `${seconds / whole[1]}${whole[0]}`
  if (seconds > 0 && seconds < 1) return `${Number((seconds * 1000).toPrecision(6))}ms`
  return `${Number(seconds.toPrecision(6))}s`
}
