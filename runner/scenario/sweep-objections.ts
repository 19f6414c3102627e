/** What cannot be a factor of a sweep. */
import type { Path } from './document.ts'
import type { SweepFactor } from './sweep.ts'

export interface Objection {
  message: string
  hint: string
}

const quotes = 'Put text with commas in quotes, and lists in brackets.'

/** Why a factor cannot be swept beside those before it; null where it can. */
export function objectionTo(
  steps: readonly string[],
  { name, path, levels }: SweepFactor,
  before: readonly SweepFactor[],
): Objection | null {
  if (steps[0] !== 'spec' || steps.length < 2) return { message: `${name} cannot take several values`, hint: quotes }
  if (steps[1] === 'sweep') return { message: 'a sweep cannot be swept', hint: 'Remove it.' }
  if (steps[1] === 'policies' && steps.length === 2)
    return {
      message: 'policies are no factor: all of them run at every point',
      hint: 'List them: `policies: [fcfs, sjf]`, or --policy fcfs --policy sjf.',
    }
  if (steps[1] === 'policies' && (steps.length === 3 || steps.at(-1) === 'label'))
    return {
      message: 'a policy is no factor: the same ones run at every point',
      hint: 'List both under policies, or sweep one of its options.',
    }
  const texts = levels.map(({ text }) => text)
  const twice = texts.find((text, i) => texts.indexOf(text) < i)
  if (twice !== undefined) return { message: `the level ${twice} of ${name} stands twice`, hint: 'Remove one of them.' }
  const other = before.find(factor => isWithin(path, factor.path) || isWithin(factor.path, path))
  if (other !== undefined)
    return other.name === name
      ? { message: `${name} is swept twice`, hint: 'Give all of its values at once.' }
      : { message: `${name} and ${other.name} lie within each other`, hint: 'Sweep one of them.' }
  return null
}

const isWithin = (inner: Path, outer: Path): boolean => outer.every((step, i) => String(inner[i]) === String(step))
