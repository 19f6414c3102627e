/** Why a stage goes where it goes, in a person's words. */
import type { Way } from '../../engine/planning.ts'
import { missingLabels, untolerated } from '../scenario/admission.ts'
import type { ScenarioCluster, ScenarioStage } from '../scenario/scenario.ts'
import { waysOf } from '../scenario/ways.ts'
import type { PlanningFabric } from './fabric.ts'

interface Chosen {
  readonly node: number
  readonly ways: readonly Way[]
  readonly score: number
  /** Whether it is a shadow, which leaves the zones of the other attempts. */
  readonly isShadow: boolean
}

/** Why there: what the policy goes by, what it comes to there, and what else there was. */
export function reasonsFor(fabric: PlanningFabric, stage: ScenarioStage, summary: string, chosen: Chosen): string[] {
  const { groups, nodeGroup } = fabric.model
  const group = nodeGroup[chosen.node]
  const here = chosen.ways.find(way => way.group === group)
  const others = chosen.ways
    .filter(way => way.group !== group && way.node >= 0 && way.reaches)
    .sort((a, b) => totalS(a) - totalS(b))
  const name = (way: Way) => fabric.clusterNames[groups.cluster[way.group]]
  return [
    chosen.isShadow ? 'A shadow, in a zone that no other attempt of the stage uses.' : summary,
    ...(here === undefined ? [] : [`${name(here)}: ${sumText(here)}.`]),
    ...(others.length === 0 ? ['No other cluster has room for it now.'] : []),
    ...others.slice(0, 3).map(way => `Instead of ${name(way)}: ${sumText(way)}.`),
    ...obstacles(fabric, stage, chosen.ways),
  ]
}

/** Why clusters are out of the question, each in a sentence. */
export function obstacles(fabric: PlanningFabric, stage: ScenarioStage, ways: readonly Way[]): string[] {
  const { groups } = fabric.model
  return fabric.clusters.flatMap((cluster, c) => {
    const way = ways.find(({ group }) => groups.cluster[group] === c)
    const why = way === undefined ? whyNever(stage, cluster) : whyNotNow(way)
    return why === null ? [] : [`Not ${cluster.name}: ${why}.`]
  })
}

const totalS = ({ outS, startupS, runS, backS }: Way): number => outS + startupS + runS + backS

function sumText(way: Way): string {
  const parts = [
    ['way out', way.outS],
    ['start-up', way.startupS],
    ['run', way.runS],
    ['way back', way.backS],
  ] as const
  const said = parts.filter(([, seconds]) => seconds > 0).map(([name, seconds]) => `${name} ${msText(seconds)}`)
  return `answer after ${msText(totalS(way))}${said.length > 1 ? ` (${said.join(' + ')})` : ''}`
}

const msText = (seconds: number): string => `${Number((seconds * 1000).toPrecision(6))} ms`

const whyNotNow = ({ reaches, node }: Way): string | null =>
  reaches ? (node < 0 ? 'no node has room for it now' : null) : 'its origin is cut off from it'

function whyNever(stage: ScenarioStage, cluster: ScenarioCluster): string {
  if (waysOf(stage, cluster).length > 0) return 'its nodes are too small'
  const [label] = missingLabels(stage, cluster)
  if (label !== undefined) return `its nodes are not labelled ${label}: ${stage.nodeSelector?.[label].join(' or ')}`
  const [taint] = untolerated(stage, cluster)
  if (taint !== undefined) return `its nodes are tainted ${taint}`
  if (!stage.formats.some(format => cluster.formats.includes(format)))
    return `its nodes do not run ${stage.formats.join(' or ')}`
  return `its nodes are ${cluster.arch}, not ${stage.arch.join(' or ')}`
}
