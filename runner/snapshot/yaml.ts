/** The scenario file of a snapshot: what was told as fields, what could not be told as comments. */
import { Document, isMap, isScalar, type Node } from 'yaml'
import { formatMemory } from '../scenario/units.ts'
import type { SnapshotFacts, SnapshotWorkload } from './snapshot.ts'

type Group = SnapshotFacts['groups'][number]

/** YAML that `fabricdt-run validate` accepts. */
export function scenarioYaml(facts: SnapshotFacts): string {
  const document = new Document(contentOf(facts), { aliasDuplicateObjects: false })
  document.commentBefore = headOf(facts)
  facts.groups.forEach((group, i) => {
    comment(document.getIn(['spec', 'fabric', 'clusters', i], true), clusterComments(group))
  })
  facts.workloads.forEach((workload, i) => {
    comment(document.getIn(['spec', 'workloads', i], true), workloadComments(workload))
  })
  if (facts.workloads.length === 0) comment(document.getIn(['spec', 'workloads', 0], true), idleComments)
  const { contents } = document
  const spec = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === 'spec') : undefined
  if (isMap(spec?.value))
    for (const { key } of spec.value.items) if (isScalar(key)) comment(key, fieldComments[String(key.value)] ?? [])
  return document.toString({ lineWidth: 0, defaultStringType: 'PLAIN' })
}

function contentOf({ name, nowMs, startMs, contexts, groups, workloads }: SnapshotFacts) {
  const prefixes = prefixesOf(groups)
  return {
    apiVersion: 'fabricdt.io/v1alpha1',
    kind: 'Scenario',
    metadata: { name, description: `${contexts.join(', ')} as they were at ${isoTime(nowMs)}` },
    spec: {
      start: isoTime(startMs),
      fabric: {
        // Watts have to be said: of what is not known, those of a preset.
        pools: Object.fromEntries(groups.map(group => [poolName(group), poolOf(group)])),
        clusters: groups.map((group, i) => clusterOf(group, prefixes[i])),
      },
      workloads: workloads.length === 0 ? [idle(groups[0])] : workloads.map(workloadOf),
      policies: ['least-allocated', 'greedy-latency'],
    },
  }
}

/** Not the cluster's name: that may be a preset's. */
const poolName = ({ name }: Pick<Group, 'name'>): string => `${name}-nodes`

const poolOf = ({ facts, startupS }: Group) => ({
  extends: 'datacenter',
  cpu: facts.cpuMilli % 1000 === 0 ? facts.cpuMilli / 1000 : `${facts.cpuMilli}m`,
  memory: facts.memoryBytes % 1024 === 0 ? formatMemory(facts.memoryBytes) : facts.memoryBytes,
  gpu: facts.gpus,
  arch: facts.arch,
  formats: ['native'],
  startup: `${startupS ?? 0}s`,
})

const clusterOf = ({ name, nodes, facts }: Group, nodePrefix: string | null) => ({
  name,
  pool: poolName({ name }),
  ...(facts.zone === null ? {} : { zone: facts.zone }),
  ...(facts.region === null ? {} : { region: facts.region }),
  nodes: nodes.length,
  ...(nodePrefix === null ? {} : { nodePrefix }),
})

/** Nodes that are called as the scenario's are keep their names, where no others are called so; null of others. */
function prefixesOf(groups: readonly Group[]): (string | null)[] {
  const taken = new Set(groups.map(({ name }) => `${name}-node`))
  return groups.map(({ nodes }) => {
    const prefix = /^([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)-01$/.exec(nodes[0])?.[1]
    const named = nodes.every((node, i) => node === `${prefix}-${String(i + 1).padStart(2, '0')}`)
    if (prefix === undefined || !named || taken.has(prefix)) return null
    taken.add(prefix)
    return prefix
  })
}

const workloadOf = ({ name, file, group }: SnapshotWorkload) => ({
  name,
  origin: { cluster: group.name },
  trace: { format: 'csv', file },
  job: { stages: [{ arch: [group.facts.arch] }] },
})

const idle = ({ name, facts }: Group) => ({
  name: 'example',
  origin: { cluster: name },
  arrivals: { rate: '1/min', maxJobs: 10 },
  job: { stages: [{ cpu: `${Math.min(100, facts.cpuMilli)}m`, duration: '30s', arch: [facts.arch] }] },
})

const idleComments = ['No work was seen on the clusters. These jobs are an example, and say nothing of them.']

const fieldComments: Readonly<Record<string, readonly string[]>> = {
  policies: [
    "The first is nearest to what kube-scheduler does by default; neither is what the clusters' schedulers did.",
  ],
}

function headOf({ nowMs, startMs, contexts, notes }: SnapshotFacts): string {
  const lines = [
    `Written by fabricdt-run snapshot from ${contexts.join(', ')} at ${isoTime(nowMs)}.`,
    `Second 0 is ${isoTime(startMs)}.`,
    '',
    'What clusters do not tell, and is therefore not theirs here:',
    '- watts, PUE, detection and resiliency: those of the preset `datacenter`; speed: 1 everywhere',
    ...(contexts.length > 1 ? ['- latencies and bandwidths between the clusters: none, as if they were one'] : []),
    '- deadlines, users: each job comes from where it ran; carbon intensity',
    '- node selectors, affinities and tolerations: only the architecture on which it ran is kept',
    '- that pods of a Job belong together: each pod is a job of its own',
    ...(notes.length === 0 ? [] : ['', 'What is not as it was:', ...notes.map(note => `- ${note}`)]),
  ]
  return lines.map(line => ` ${oneLine(line)}`.trimEnd()).join('\n')
}

/** More would bury the rest. */
const mostLabels = 20

function clusterComments({ context, nodes, facts, reserved, startupS }: Group): string[] {
  const { labels, taints } = facts
  return [
    `${nodes.length} of the nodes of ${context}: ${listed(nodes, 5)}.`,
    `Labels: ${labels.length === 0 ? 'none of interest' : listed(labels, mostLabels)}.`,
    ...(taints.length === 0
      ? []
      : [`Tainted ${taints.join(', ')}: scenarios have no taints, so that any work may be placed here.`]),
    ...(facts.zone === null ? ['The zone is not told: they are a failure domain of their own.'] : []),
    ...(reserved.cpuMilli + reserved.memoryBytes === 0
      ? []
      : [
          `DaemonSets and static pods hold up to ${reserved.cpuMilli}m of CPU and ${formatMemory(reserved.memoryBytes)} of memory of a node: the pool is without these.`,
        ]),
    startupS === null
      ? 'Too few pods tell how long they take to start: start-up is 0.'
      : 'Start-up is the median of what pods took from the choice of their node to their begin.',
  ]
}

function workloadComments({ rows, kind }: SnapshotWorkload): string[] {
  const what = `${rows.length} pod${rows.length === 1 ? '' : 's'}`
  return kind === 'services'
    ? [`${what} of Deployments, StatefulSets and their like, most of which end only because the snapshot does.`]
    : [`${what} of Jobs, or of nobody.`]
}

function comment(node: unknown, lines: readonly string[]): void {
  if (lines.length > 0) (node as Node).commentBefore = lines.map(line => ` ${oneLine(line)}`).join('\n')
}

function listed(items: readonly string[], most: number): string {
  const rest = items.length - most
  return items.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** What clusters say must not end a comment. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z/, 'Z')
