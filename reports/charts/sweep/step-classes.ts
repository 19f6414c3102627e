/** Classes of a map of values: steps from pale to strong, and what has no value. */
import { formatNumber } from '../../format/number.ts'
import type { Scale } from '../../format/scale.ts'
import type { MapClass } from './map-figure.ts'

export const unknownClasses: readonly MapClass[] = ['unbounded', 'not measured'].map(name => ({
  name,
  fill: 'var(--line)',
  ink: 'currentColor',
}))

/** `0.5\u20131 %`, from pale to strong; those that any map has are in the legend of all. */
export function stepClasses(steps: readonly number[], { symbol }: Scale, values: readonly number[]): MapClass[] {
  const unit = symbol === '' ? '' : `\u00a0${symbol}`
  return Array.from({ length: steps.length + 1 }, (_, i) => {
    const strength = Math.round(1 + (6 * i) / Math.max(1, steps.length))
    return {
      name: `${rangeInWords(steps[i - 1], steps[i])}${unit}`,
      fill: `var(--heat-${strength})`,
      ink: strength > 4 ? 'var(--heat-ink)' : 'currentColor',
      ...(values.some(value => stepAt(steps, value) === i) ? { always: true as const } : {}),
    }
  })
}

function rangeInWords(from: number | undefined, to: number | undefined): string {
  const text = (value: number) =>
    formatNumber(
      value,
      value
        .toFixed(6)
        .replace(/\.?0+$/, '')
        .split('.')[1]?.length ?? 0,
    )
  if (from === undefined) return to === undefined ? 'all' : `< ${text(to)}`
  return to === undefined ? `\u2265 ${text(from)}` : `${text(from)}\u2013${text(to)}`
}

/** Index of the step in which a value lies. */
export const stepAt = (steps: readonly number[], value: number): number => steps.filter(from => value >= from).length
