/** “Did you mean”: the nearest of what would have been right. */
import leven from 'leven'

/** The candidate that a name was most likely meant to be; undefined where none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase().slice(0, 100)
  // Any letter is near any other: short names must be right but for their case.
  const allowed = wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 3))
  let best: string | undefined
  let bestDistance = allowed + 1
  for (const candidate of candidates) {
    const distance = distanceOf(wanted, candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best ?? candidates.find(candidate => isBegin(wanted, candidate.toLowerCase()))
}

/** Levenshtein's, but letters in the wrong order are one slip. */
function distanceOf(a: string, b: string, maxDistance: number): number {
  if (a !== b && a.length === b.length && [...a].sort().join('') === [...b].sort().join('')) return 1
  return leven(a, b, { maxDistance })
}

const isBegin = (a: string, b: string): boolean =>
  (a.length >= 3 && b.startsWith(a)) || (b.length >= 4 && a.startsWith(b))

/** A hint: the nearest candidate, or all of them where they are few. */
export function suggest(name: string, candidates: readonly string[], otherwise: string): string {
  const distinct = [...new Set(candidates)]
  const near = nearest(name, distinct)
  if (near !== undefined) return `Did you mean “${near}”?`
  return distinct.length > 0 && distinct.length <= 20 ? `Choose from ${distinct.join(', ')}.` : otherwise
}
