/** Random failures and triggers in words. */
import type { Distribution, ScenarioRandomFailure, ScenarioTrigger } from './scenario/scenario.ts'

const who = {
  nodes: 'Nodes',
  clusters: 'Clusters, each as a whole,',
  zones: 'Zones, each as a whole,',
  links: 'Links between two clusters',
} as const

/** One sentence. */
export function describeFailure({ of, within, up, down, weightedBy, slow }: ScenarioRandomFailure): string {
  const inside = of === 'links' ? 'with an end in' : 'of'
  const place = within === null ? '' : ` ${inside} ${within.kind} ${within.name}`
  const weights =
    weightedBy === null
      ? ''
      : '; the less resilient fail more often, in proportion to 1 − resiliency, with the same rate on the whole'
  const fail = of === 'links' ? 'are cut both ways' : slow === null ? 'fail' : `slow down to ${slow} of their speed`
  const bad = slow === null ? 'down' : 'slow'
  return `${who[of]}${place} ${fail} at random, whatever their load and whatever else fails: up for ${draw(up)}, ${bad} for ${draw(down)}${weights}.`
}

/** `zone eu-1 for 5m, when utilisation(lab) > 0.9 for 2m`: a trigger has no time of its own. */
export function describeTrigger({ label, when, forS, rearmS }: ScenarioTrigger): string {
  const lasting = forS === null ? 'for good' : `for ${duration(forS)}`
  const again = rearmS === null ? '' : `, again from ${duration(rearmS)} after its end on`
  return `${label} ${lasting}, when ${when.text}${again}`
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
