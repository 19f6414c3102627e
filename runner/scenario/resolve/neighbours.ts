/** What a stage asks of nodes and of other stages by labels; what is not right is left out, for it was told of already. */
import type { ScenarioExpression, ScenarioPodAffinity, ScenarioSpread, ScenarioStage } from '../scenario.ts'
import type { StageView } from '../view.ts'
import { known } from './nodes.ts'

type AffinityView = NonNullable<StageView['affinity']>
type NodeAffinityView = NonNullable<AffinityView['nodeAffinity']>
type PodAffinityView = NonNullable<AffinityView['podAffinity']>
type SelectorView = NonNullable<NonNullable<StageView['topologySpreadConstraints']>[number]>['labelSelector']

const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'

/** Fields that are there only where something was asked. */
export function neighboursOf({ labels, affinity, topologySpreadConstraints }: StageView): Partial<ScenarioStage> {
  const pairs = pairsOf(labels)
  const spreads = all(topologySpreadConstraints).flatMap(spreadOf)
  return {
    ...(pairs.length > 0 ? { labels: Object.fromEntries(pairs) } : {}),
    ...(affinity?.nodeAffinity === undefined ? {} : { nodeAffinity: nodeAffinityOf(affinity.nodeAffinity) }),
    ...(affinity?.podAffinity === undefined ? {} : { podAffinity: podAffinityOf(affinity.podAffinity) }),
    ...(affinity?.podAntiAffinity === undefined ? {} : { podAntiAffinity: podAffinityOf(affinity.podAntiAffinity) }),
    ...(spreads.length > 0 ? { topologySpread: spreads } : {}),
  }
}

const nodeAffinityOf = (view: NodeAffinityView): NonNullable<ScenarioStage['nodeAffinity']> => ({
  required: all(view[required]?.nodeSelectorTerms).map(term => conditionsOf(term.matchExpressions)),
  preferred: all(view[preferred]).flatMap(({ weight, preference }) =>
    weight === undefined ? [] : [{ weight, conditions: conditionsOf(preference?.matchExpressions) }],
  ),
})

const podAffinityOf = (view: PodAffinityView): ScenarioPodAffinity => ({
  required: all(view[required]).flatMap(termOf),
  preferred: all(view[preferred]).flatMap(({ weight, podAffinityTerm }) =>
    weight === undefined || podAffinityTerm === undefined
      ? []
      : termOf(podAffinityTerm).map(term => ({ ...term, weight })),
  ),
})

const termOf = (view: { labelSelector?: SelectorView; topologyKey?: string | undefined }) =>
  view.topologyKey === undefined ? [] : [{ selector: selectorOf(view.labelSelector), topologyKey: view.topologyKey }]

function spreadOf(view: NonNullable<NonNullable<StageView['topologySpreadConstraints']>[number]>): ScenarioSpread[] {
  const { maxSkew, whenUnsatisfiable = 'DoNotSchedule', nodeTaintsPolicy = 'Ignore' } = view
  if (maxSkew === undefined) return []
  return termOf(view).map(term => ({ ...term, maxSkew, whenUnsatisfiable, nodeTaintsPolicy }))
}

/** Pairs of `matchLabels` are conditions, too. */
const selectorOf = (view: SelectorView): ScenarioExpression[] => [
  ...pairsOf(view?.matchLabels).map(([key, value]): ScenarioExpression => ({ key, operator: 'In', values: [value] })),
  ...conditionsOf(view?.matchExpressions),
]

/** Conditions of a node or of a stage. */
interface ConditionView {
  readonly key?: string | undefined
  readonly operator?: ScenarioExpression['operator'] | undefined
  readonly values?: readonly (string | undefined)[] | undefined
}

const conditionsOf = (view: readonly (ConditionView | undefined)[] | undefined): ScenarioExpression[] =>
  all(view).flatMap(({ key, operator, values }) =>
    key === undefined || operator === undefined ? [] : [{ key, operator, values: known(values) ?? [] }],
  )

const pairsOf = (labels: Readonly<Record<string, string | undefined>> | undefined): [string, string][] =>
  Object.entries(labels ?? {})
    .flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
    .sort()

const all = <T>(list: readonly (T | undefined)[] | undefined): T[] =>
  (list ?? []).filter(item => item !== undefined) as T[]
