/** Why placements went where they did: what a choice weighed for them, of some placements or of all. */
import type { Choice, Pass } from './policies/policy.ts'
import type { ExplanationRecords } from './result.ts'

interface Candidate {
  node: number
  score: number
  terms: Readonly<Record<string, number>>
}

/** A placement that is explained, and the number of those before it. */
interface Explained {
  index: number
  place: Readonly<Record<'time' | 'workload' | 'ordinal' | 'stage' | 'attempt' | 'node' | 'score', number>>
  candidates: readonly Candidate[]
}

/** Of a sample there are at most so many placements: every first, then every second, fourth … of the run. */
const mostSampled = 200

export class Explanations {
  private readonly isSample: boolean
  private stride = 1
  private placements = 0
  private candidates: Candidate[] = []
  private kept: Explained[] = []

  constructor(which: 'sample' | 'all') {
    this.isSample = which === 'sample'
  }

  /** Before a stage is placed: has the choice say what it weighs, if this placement is one to be explained. */
  ask(pass: Pass, capacity: { visits: number }, stage: number, choice: Choice): void {
    this.candidates = []
    if (choice.explain === undefined || this.placements % this.stride !== 0) return
    const { candidates } = this
    // What is only asked in order to explain is no cost of the policy.
    const { visits } = capacity
    choice.explain(pass, stage, (node, score, terms) => candidates.push({ node, score, terms }))
    capacity.visits = visits
  }

  /** The stage was placed. */
  keep(place: Explained['place']): void {
    const index = this.placements++
    if (index % this.stride !== 0) return
    const { candidates } = this
    const known = candidates.some(({ node }) => node === place.node)
    const chosen = { node: place.node, score: place.score, terms: {} }
    this.kept.push({ index, place, candidates: known ? candidates : [chosen, ...candidates] })
    if (!this.isSample || this.kept.length <= mostSampled) return
    this.stride *= 2
    this.kept = this.kept.filter(({ index: of }) => of % this.stride === 0)
  }

  /** A row for each term of each candidate; for one without terms, a row with term −1. */
  records(): ExplanationRecords {
    const names = new Map<string, number>()
    const codeOf = (name: string): number => {
      const code = names.get(name) ?? names.size
      names.set(name, code)
      return code
    }
    const rows = this.kept.flatMap(({ place, candidates }) =>
      candidates.flatMap(({ node, score, terms }) => {
        const told = Object.entries(terms).map(([name, value]) => ({ term: codeOf(name), value }))
        const all = told.length > 0 ? told : [{ term: -1, value: Number.NaN }]
        return all.map(({ term, value }) => ({ place, node, score, term, value }))
      }),
    )
    return {
      time: Float64Array.from(rows, row => row.place.time),
      workload: Int32Array.from(rows, row => row.place.workload),
      ordinal: Float64Array.from(rows, row => row.place.ordinal),
      stage: Int32Array.from(rows, row => row.place.stage),
      attempt: Int32Array.from(rows, row => row.place.attempt),
      node: Int32Array.from(rows, row => row.node),
      chosen: Uint8Array.from(rows, row => (row.node === row.place.node ? 1 : 0)),
      score: Float64Array.from(rows, row => row.score),
      term: Int32Array.from(rows, row => row.term),
      value: Float64Array.from(rows, row => row.value),
      terms: [...names.keys()],
      isSample: this.isSample,
    }
  }
}
