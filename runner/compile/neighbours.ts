/** What stages ask about each other as terms, matched against the labels of all stages once and for all. */
import { type Neighbours, termKind } from '../../engine/model.ts'
import { allHold, isAdmitted, isSelected, labelsOf } from '../scenario/admission.ts'
import { podLabels } from '../scenario/pod-labels.ts'
import type {
  Scenario,
  ScenarioCluster,
  ScenarioExpression,
  ScenarioPodAffinity,
  ScenarioSpread,
  ScenarioStage,
  ScenarioWorkload,
} from '../scenario/scenario.ts'
import { byName } from './fabric.ts'

interface Term {
  readonly kind: number
  /** All must match a stage that counts. */
  readonly selectors: readonly (readonly ScenarioExpression[])[]
  readonly topologyKey: string
  readonly weight: number
  /** Of spread: whose nodes count, and whether only those that are ready do. */
  readonly spread?: ScenarioStage
  readonly readyOnly: boolean
}

/** Stages that ask the same of others and are the same to others. */
interface Kind {
  readonly labels: Readonly<Record<string, string>>
  readonly terms: readonly number[]
  readonly stage: ScenarioStage
}

export class NeighbourTerms {
  private readonly clusters: readonly ScenarioCluster[]
  private readonly isAsked: boolean
  private readonly terms: Term[] = []
  private readonly termByText = new Map<string, number>()
  private readonly kinds: Kind[] = []
  private readonly kindByText = new Map<string, number>()
  private readonly selectors: readonly (readonly ScenarioExpression[])[]

  constructor({ clusters, workloads }: Scenario) {
    this.clusters = [...clusters].sort(byName)
    const stages = workloads.flatMap(workload => workload.stages)
    this.isAsked = stages.some(stage => termsOf(stage).length > 0 || (stage.nodeAffinity?.preferred.length ?? 0) > 0)
    this.selectors = stages.flatMap(stage => termsOf(stage).flatMap(term => term.selectors))
  }

  /** Number of what a stage asks of others and is to them; 0 where no stage asks anything. */
  kindOf(stage: ScenarioStage, workload: ScenarioWorkload): number {
    if (!this.isAsked) return 0
    const labels = podLabels(stage, workload)
    const terms = termsOf(stage).map(term => this.termOf(term))
    const matched = this.selectors.map(selector => Number(allHold(selector, labels))).join('')
    const text = JSON.stringify([terms, matched, stage.nodeAffinity?.preferred ?? []])
    const known = this.kindByText.get(text)
    if (known !== undefined) return known
    this.kindByText.set(text, this.kinds.length)
    return this.kinds.push({ labels, terms, stage }) - 1
  }

  private termOf(term: Term): number {
    const text = JSON.stringify([{ ...term, spread: undefined }, this.domains(term)])
    const known = this.termByText.get(text)
    if (known !== undefined) return known
    this.termByText.set(text, this.terms.length)
    return this.terms.push(term) - 1
  }

  /** The table, for classes of these kinds; undefined where no stage asks anything. */
  finish(kindOfClass: readonly number[]): Neighbours | undefined {
    if (!this.isAsked) return undefined
    const { clusters, kinds, terms } = this
    const byClass = (of: (term: Term, kind: Kind, t: number) => boolean) =>
      Uint8Array.from(terms.flatMap((term, t) => kindOfClass.map(kind => Number(of(term, kinds[kind], t)))))
    return {
      count: terms.length,
      kind: Uint8Array.from(terms, ({ kind }) => kind),
      weight: Int32Array.from(terms, ({ weight }) => weight),
      perNode: Uint8Array.from(terms, ({ topologyKey }) => Number(topologyKey === hostname)),
      readyOnly: Uint8Array.from(terms, ({ readyOnly }) => Number(readyOnly)),
      domain: Int32Array.from(terms.flatMap(term => this.domains(term))),
      owns: byClass((_term, kind, t) => kind.terms.includes(t)),
      matches: byClass(({ selectors }, { labels }) => selectors.every(selector => allHold(selector, labels))),
      preference: Int32Array.from(
        kindOfClass.flatMap(kind => clusters.map(cluster => preferenceOf(kinds[kind].stage, cluster))),
      ),
    }
  }

  /** The domain of each cluster's nodes, from 0; −1 for those in none. Where nodes are domains, 0 stands for that. */
  private domains({ topologyKey, spread, readyOnly }: Term): number[] {
    const isCounted = (cluster: ScenarioCluster): boolean =>
      spread === undefined ||
      ((readyOnly ? isAdmitted(spread, cluster) : isSelected(spread, cluster)) && hasKeys(spread, cluster))
    const values = this.clusters.map(cluster => {
      if (!isCounted(cluster)) return undefined
      return topologyKey === hostname ? '' : labelsOf(cluster)[topologyKey]
    })
    const known = [...new Set(values.filter(value => value !== undefined))].sort()
    return values.map(value => (value === undefined ? -1 : known.indexOf(value)))
  }
}

export const hostname = 'kubernetes.io/hostname'

/** A node counts for a spread that has all labels by which the stage is to be spread. */
const hasKeys = ({ topologySpread = [] }: ScenarioStage, cluster: ScenarioCluster): boolean =>
  topologySpread.every(({ topologyKey }) => topologyKey === hostname || Object.hasOwn(labelsOf(cluster), topologyKey))

/** As kube-scheduler sums the weights of preferences that hold. */
const preferenceOf = ({ nodeAffinity }: ScenarioStage, cluster: ScenarioCluster): number =>
  (nodeAffinity?.preferred ?? [])
    .filter(({ conditions }) => allHold(conditions, labelsOf(cluster)))
    .reduce((sum, { weight }) => sum + weight, 0)

/** In Kubernetes' meaning: to be beside stages by several terms, these must be stages that all of them mean. */
const termsOf = (stage: ScenarioStage): Term[] => [
  ...required(stage.podAffinity).map(({ topologyKey }) => ({
    ...plain,
    kind: termKind.affinity,
    topologyKey,
    selectors: required(stage.podAffinity).map(({ selector }) => selector),
  })),
  ...required(stage.podAntiAffinity).map(({ selector, topologyKey }) => ({
    ...plain,
    kind: termKind.antiAffinity,
    topologyKey,
    selectors: [selector],
  })),
  ...preferences(stage.podAffinity, termKind.preferred),
  ...preferences(stage.podAntiAffinity, termKind.avoided),
  ...(stage.topologySpread ?? []).map(spread => spreadTerm(stage, spread)),
]

const plain = { weight: 0, readyOnly: false }

const required = (affinity: ScenarioPodAffinity | undefined) => affinity?.required ?? []

const preferences = (affinity: ScenarioPodAffinity | undefined, kind: number): Term[] =>
  (affinity?.preferred ?? []).map(({ selector, topologyKey, weight }) => ({
    ...plain,
    kind,
    topologyKey,
    selectors: [selector],
    weight,
  }))

const spreadTerm = (stage: ScenarioStage, spread: ScenarioSpread): Term => ({
  kind: spread.whenUnsatisfiable === 'DoNotSchedule' ? termKind.spread : termKind.preferredSpread,
  selectors: [spread.selector],
  topologyKey: spread.topologyKey,
  weight: spread.maxSkew,
  spread: stage,
  readyOnly: spread.nodeTaintsPolicy === 'Honor',
})
