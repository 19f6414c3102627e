import { allHold, labelsOf } from '../admission.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Draft } from '../draft.ts'
import { podLabels } from '../pod-labels.ts'
import type { ScenarioCluster, ScenarioStage } from '../scenario.ts'
import { suggest } from '../suggest.ts'
import type { StageView } from '../view.ts'
import { tasksPerNode } from './impossible-demand.ts'
import type { Rule } from './rule.ts'

const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'
const hostname = 'kubernetes.io/hostname'

type Expressions = NonNullable<
  NonNullable<NonNullable<StageView['topologySpreadConstraints']>[number]>['labelSelector']
>['matchExpressions']
type TermView = NonNullable<NonNullable<StageView['topologySpreadConstraints']>[number]>

/** What stages ask of each other means something: selectors find stages, nodes have the labels, and it can be met at all. */
export const neighbours: Rule = (context, draft) => {
  const pods = draft.workloads.flatMap(workload => {
    const { name, stages } = workload ?? { stages: [] }
    return stages.flatMap(stage => (stage === undefined || name === undefined ? [] : [podLabels(stage, { name })]))
  })
  const isWhole = draft.workloads.every(
    workload => workload?.name !== undefined && workload.stages.every(stage => stage !== undefined),
  )
  const clusters = draft.clusters.filter(cluster => cluster !== undefined)
  for (const [w, workload] of (context.view.workloads ?? []).entries())
    for (const [k, view] of (workload?.job?.stages ?? []).entries()) {
      if (view === undefined) continue
      const path: Path = ['spec', 'workloads', w, 'job', 'stages', k]
      for (const [at, term] of termsOf(view)) {
        checkConditions(context, [...path, ...at, 'labelSelector'], term.labelSelector?.matchExpressions)
        if (isWhole) checkSelector(context, [...path, ...at], term, draft, [w, k], pods)
        if (clusters.length === draft.clusters.length) checkKey(context, [...path, ...at], term, clusters)
      }
      for (const [at, expressions] of nodeTermsOf(view)) checkConditions(context, [...path, ...at], expressions)
      checkPreferences(context, path, view, draft)
      const stage = draft.workloads[w]?.stages[k]
      if (stage !== undefined && workload?.name !== undefined && clusters.length === draft.clusters.length)
        checkGang(context, path, stage, podLabels(stage, { name: workload.name }), clusters)
    }
}

/** All that is said of other stages, and where. */
function termsOf({ affinity, topologySpreadConstraints }: StageView): [Path, TermView][] {
  const found: [Path, TermView | undefined][] = []
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    for (const [i, term] of (affinity?.[kind]?.[required] ?? []).entries())
      found.push([['affinity', kind, required, i], term])
    for (const [i, preference] of (affinity?.[kind]?.[preferred] ?? []).entries())
      found.push([['affinity', kind, preferred, i, 'podAffinityTerm'], preference?.podAffinityTerm])
  }
  for (const [i, term] of (topologySpreadConstraints ?? []).entries())
    found.push([['topologySpreadConstraints', i], term])
  return found.flatMap(([path, term]): [Path, TermView][] => (term === undefined ? [] : [[path, term]]))
}

type NodeExpressions = readonly (
  | { operator?: string | undefined; values?: readonly unknown[] | undefined }
  | undefined
)[]

function nodeTermsOf({ affinity }: StageView): [Path, NodeExpressions | undefined][] {
  const node = affinity?.nodeAffinity
  return [
    ...(node?.[required]?.nodeSelectorTerms ?? []).map((term, i): [Path, NodeExpressions | undefined] => [
      ['affinity', 'nodeAffinity', required, 'nodeSelectorTerms', i],
      term?.matchExpressions,
    ]),
    ...(node?.[preferred] ?? []).map((term, i): [Path, NodeExpressions | undefined] => [
      ['affinity', 'nodeAffinity', preferred, i, 'preference'],
      term?.preference?.matchExpressions,
    ]),
  ]
}

/** In and NotIn have values, Gt and Lt one whole number, Exists and DoesNotExist none. */
function checkConditions(
  { problems }: Context,
  path: Path,
  expressions: Expressions | NodeExpressions | undefined,
): void {
  for (const [i, expression] of ((expressions ?? []) as NodeExpressions).entries()) {
    const { operator, values } = expression ?? {}
    const at: Path = [...path, 'matchExpressions', i]
    if (operator === undefined) continue
    if (operator.includes('Exist')) {
      if (values !== undefined)
        problems.add('not-allowed', [...at, 'values'], `“${operator}” takes no values`, { key: true })
    } else if (values === undefined) problems.add('missing-field', at, `“${operator}” needs values`)
    else if (['Gt', 'Lt'].includes(operator) && (values.length !== 1 || !/^-?\d+$/.test(String(values[0]))))
      problems.add('not-allowed', [...at, 'values'], `“${operator}” takes one whole number`)
  }
}

/** A selector that finds nobody is a slip; one that must be found beside it and only means itself is none. */
function checkSelector(
  { problems }: Context,
  path: Path,
  term: TermView,
  draft: Draft,
  [w, k]: [number, number],
  pods: readonly Readonly<Record<string, string>>[],
): void {
  const stage = draft.workloads[w]?.stages[k]
  if (stage === undefined || term.labelSelector === undefined) return
  const conditions = [
    ...Object.entries(term.labelSelector.matchLabels ?? {}).map(([key, value]) => ({
      key,
      operator: 'In' as const,
      values: [String(value)],
    })),
    ...(term.labelSelector.matchExpressions ?? []).flatMap(expression =>
      expression?.key === undefined || expression.operator === undefined
        ? []
        : [{ key: expression.key, operator: expression.operator, values: (expression.values ?? []).map(String) }],
    ),
  ]
  if (pods.some(labels => allHold(conditions, labels))) return
  const asked = conditions.map(({ key, values }) => `${key}${values.length > 0 ? `: ${values.join(' or ')}` : ''}`)
  problems.add('unknown-reference', [...path, 'labelSelector'], `no stage has these labels: ${asked.join(', ')}`, {
    hint: 'Give the stages that are meant these `labels`, or select them by fabricdt.io/workload.',
  })
}

function checkKey(
  { problems }: Context,
  path: Path,
  { topologyKey }: TermView,
  clusters: readonly ScenarioCluster[],
): void {
  if (topologyKey === undefined || topologyKey === hostname) return
  const keys = [...new Set(clusters.flatMap(cluster => Object.keys(labelsOf(cluster))))]
  if (keys.includes(topologyKey)) return
  problems.add('unknown-reference', [...path, 'topologyKey'], `no node of the fabric has the label “${topologyKey}”`, {
    hint: suggest(topologyKey, [hostname, ...keys], 'Use the label of a pool or cluster, or kubernetes.io/hostname.'),
  })
}

/** What only some policy weighs is not ignored without a word. */
function checkPreferences({ problems }: Context, path: Path, view: StageView, { policies: chosen }: Draft): void {
  const isWeighed = chosen.some(
    policy => policy !== undefined && (policy.name === 'kube-default' || policy.options.choice === 'kube-default'),
  )
  if (isWeighed || chosen.includes(undefined)) return
  const warn = (at: Path): void =>
    problems.add('not-allowed', [...path, ...at], 'none of the policies weighs preferences', {
      severity: 'warning',
      hint: 'Take the policy kube-default, or the choice kube-default in another; or make it a requirement.',
    })
  for (const kind of ['nodeAffinity', 'podAffinity', 'podAntiAffinity'] as const)
    if ((view.affinity?.[kind]?.[preferred] ?? []).length > 0) warn(['affinity', kind, preferred])
  for (const [i, spread] of (view.topologySpreadConstraints ?? []).entries())
    if (spread?.whenUnsatisfiable === 'ScheduleAnyway') warn(['topologySpreadConstraints', i, 'whenUnsatisfiable'])
}

/** Tasks that keep apart need a node each, of one cluster; by anything larger than nodes they cannot. */
function checkGang(
  { problems }: Context,
  path: Path,
  stage: ScenarioStage,
  labels: Readonly<Record<string, string>>,
  clusters: readonly ScenarioCluster[],
): void {
  if (stage.tasks === 1) return
  for (const [i, { selector, topologyKey }] of (stage.podAntiAffinity?.required ?? []).entries()) {
    if (!allHold(selector, labels)) continue
    const nodes = clusters.map(cluster => (tasksPerNode(cluster, stage) > 0 ? cluster.nodes : 0))
    const most = topologyKey === hostname ? Math.max(...nodes) : 1
    if (most < stage.tasks)
      problems.add(
        'impossible-demand',
        [...path, 'affinity', 'podAntiAffinity', required, i],
        `its ${stage.tasks} tasks, which run in one cluster, cannot keep apart there: it has room for ${most}`,
      )
  }
}
