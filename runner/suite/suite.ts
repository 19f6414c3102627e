/** What a run of the suite comes to: the shape of suite.json. */
import type { Finding, verdictOf } from './experiment.ts'

export interface SuiteResult {
  readonly apiVersion: 'fabricdt.io/suite.v1alpha1'
  readonly kind: 'Suite'
  readonly version: string
  readonly startedAt: string
  readonly wallS: number
  readonly experiments: readonly ExperimentResult[]
}

export interface ExperimentResult {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly scenario: string
  readonly criterion: string
  readonly findings: readonly Finding[]
  readonly verdict: ReturnType<typeof verdictOf>
  /** How what real clusters do came to be known; empty: it is not asked about. */
  readonly observed: string
  /** Pages of its runs, relative to the folder of the suite. */
  readonly reports: readonly { readonly name: string; readonly href: string }[]
}

/** Any that fails fails the suite. */
export const suiteFails = ({ experiments }: SuiteResult): boolean =>
  experiments.some(({ verdict }) => verdict === 'fail')
