/** What is wrong at the points of a sweep: each problem once, with the points where it arises. */
import type { Diagnostic } from '../errors.ts'
import type { ScenarioDocument } from './document.ts'
import type { Levels } from './points.ts'
import { Problems } from './problems.ts'
import type { SweepFactor } from './sweep.ts'

export class PointProblems {
  private readonly common: Problems
  private readonly factors: readonly SweepFactor[]
  private readonly count: number
  private readonly found = new Map<string, { diagnostic: Diagnostic; points: Levels[] }>()

  /** `common` are those of the file as such, `count` is the number of points. */
  constructor(common: Problems, factors: readonly SweepFactor[], count: number) {
    this.common = common
    this.factors = factors
    this.count = count
  }

  add(own: Problems, levels: Levels): void {
    for (const [key, diagnostic] of own.entries) {
      const known = this.found.get(key)
      if (known === undefined) this.found.set(key, { diagnostic, points: [levels] })
      else known.points.push(levels)
    }
  }

  gather(document: ScenarioDocument): Problems {
    const all = new Problems(document)
    for (const [, diagnostic] of this.common.entries) all.put(diagnostic)
    for (const { diagnostic, points } of this.found.values())
      all.put({ ...diagnostic, message: `${diagnostic.message}${this.where(points)}` })
    return all
  }

  /** ` (where nodes = 1)`, ` (at 3 of 12 points, such as …)`; nothing for what holds everywhere. */
  private where(points: readonly Levels[]): string {
    if (points.length === this.count) return ''
    const common = this.factors.map((_, i) => points.every(levels => levels[i] === points[0][i]))
    const words = (chosen: (i: number) => boolean) =>
      this.factors.flatMap(({ name }, i) => (chosen(i) ? [`${name} = ${points[0][i].text}`] : [])).join(', ')
    // As many as there are where these levels hold: that is what they have in common.
    const others = this.factors.reduce((product, { levels }, i) => product * (common[i] ? 1 : levels.length), 1)
    const isTelling = (i: number) => common[i] && this.factors[i].levels.length > 1
    if (others === points.length) return ` (where ${words(isTelling)})`
    return ` (at ${points.length} of ${this.count} points, such as ${words(i => this.factors[i].levels.length > 1)})`
  }
}
