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
    const distance = leven(wanted, candidate.toLowerCase(), { maxDistance: bestDistance })
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best ?? candidates.find(candidate => wanted.length >= 3 && candidate.toLowerCase().startsWith(wanted))
}

/** A hint: the nearest candidate, or all of them where they are few. */
export function suggest(name: string, candidates: readonly string[], otherwise: string): string {
  const near = nearest(name, candidates)
  if (near !== undefined) return `Did you mean “${near}”?`
  return candidates.length > 0 && candidates.length <= 12 ? `Choose from ${candidates.join(', ')}.` : otherwise
}
