/** Sentences that say what a prediction rests on, for the report: only what holds for this scenario. */
import { basename } from 'node:path'
import { powerModels } from '../engine/power/index.ts'
import { modeFactors } from '../schemas/mode-factors.ts'
import type { TraceNote } from './compile/workloads.ts'
import { describeFailure, duration } from './describe-failure.ts'
import type { Scenario, ScenarioStage } from './scenario/scenario.ts'
import { quickestWay } from './scenario/ways.ts'

/** Of the scenario of the first point of a sweep, and what is otherwise at the `others`. */
export function assumptionsOf(
  scenario: Scenario,
  traces: readonly TraceNote[],
  others: readonly Scenario[] = [],
): string[] {
  const first = sentencesOf(scenario, traces)
  const elsewhere = new Set(
    others.flatMap(other => sentencesOf(other, [])).filter(sentence => !first.includes(sentence)),
  )
  const told = [...elsewhere].slice(0, mostElsewhere).map(sentence => `At other points of the sweep: ${sentence}`)
  const more = elsewhere.size - told.length
  return [...first, ...told, ...(more > 0 ? [`At other points of the sweep ${more} more of these differ.`] : [])]
}

const mostElsewhere = 8

function sentencesOf(scenario: Scenario, traces: readonly TraceNote[]): string[] {
  return [
    ...poolSentences(scenario),
    ...(scenario.calibration?.sources ?? []),
    ...traces.map(describeTrace),
    ...powerSentences(scenario),
    ...carbonSentences(scenario),
    ...priceSentences(scenario),
    ...modeSentences(scenario),
    ...stageSentences(scenario),
    ...networkSentences(scenario),
    ...cpuSentences(scenario),
    ...cancelSentences(scenario),
    ...scenario.randomFailures.map(describeFailure),
    ...cutSentences(scenario),
    ...triggerSentences(scenario),
    ...lossSentences(scenario),
    ...(scenario.predictor === 'heuristic' ? [closedForm] : []),
    `Real clusters get 1/${scenario.scaling} of the declared resources (scaling 1:${scenario.scaling}).`,
  ]
}

const closedForm =
  'The closed form (wait by Sakasegawa’s approximation + start-up + work / speed + latency + bytes / bandwidth) knows no policy, failures, faults, shadows or deadlines: work is spread over the nodes that it may use in proportion to what they get done, all that shares nodes waits in one queue, and times are means along the longest path of stages.'

function poolSentences({ clusters, poolSources }: Scenario): string[] {
  const pools = distinct(clusters.map(({ pool }) => pool))
  return pools.flatMap(pool => {
    const source = poolSources?.[pool]
    return source === undefined ? [] : [`Pool ${pool}: ${source}`]
  })
}

function describeTrace({ workload, file, jobs, skipped }: TraceNote): string {
  const left = Object.entries(skipped).map(([reason, count]) => `${count} left out (${reason})`)
  return `Workload ${workload}: ${jobs} jobs of ${basename(file)}${left.length === 0 ? '' : `, ${left.join(', ')}`}.`
}

function powerSentences({ clusters }: Scenario): string[] {
  const models = distinct(clusters.map(({ power }) => power.model))
  const curves = models.map(model => {
    const users = clusters.filter(({ power }) => power.model === model).map(({ name }) => name)
    const whose = models.length === 1 ? 'Power of a node that is up' : `Power of the nodes of ${users.join(', ')}`
    return `${whose}: ${model}. ${powerModels.find(({ name }) => name === model)?.summary ?? ''}`.trim()
  })
  return [...curves, 'A failed node draws its failed watts; the facility draws PUE times what its nodes do.']
}

/** Where each intensity comes from, and for whom there is none. */
const carbonSentences = ({ clusters }: Scenario): string[] =>
  rateSentences(
    clusters.map(({ name, carbon }) => ({ name, source: carbon?.source })),
    'carbon intensity',
    'emissions',
    'Emissions are facility power times the intensity in force, operation only.',
  )

/** The same of prices. */
const priceSentences = ({ clusters }: Scenario): string[] =>
  rateSentences(
    clusters.map(({ name, price }) => ({ name, source: price?.source })),
    'price of electricity',
    'cost',
    'The cost is that of energy alone: facility power times the price in force.',
  )

function rateSentences(
  clusters: readonly { name: string; source: string | undefined }[],
  noun: string,
  sum: string,
  last: string,
): string[] {
  const sources = distinct(clusters.flatMap(({ source }) => (source === undefined ? [] : [source])))
  if (sources.length === 0) return []
  const namesOf = (wanted: string | undefined) =>
    clusters.flatMap(({ name, source }) => (source === wanted ? [name] : [])).join(', ')
  const sentences = sources.map(source => `${noun[0].toUpperCase()}${noun.slice(1)} of ${namesOf(source)}: ${source}.`)
  const unknown = namesOf(undefined)
  const without = unknown === '' ? [] : [`No ${noun} is known of ${unknown}: their energy is not in the ${sum}.`]
  return [...sentences, ...without, last]
}

const stagesOf = ({ workloads }: Scenario): ScenarioStage[] => workloads.flatMap(({ stages }) => stages)

/** Factors of the ways in which something may run here. */
function modeSentences(scenario: Scenario): string[] {
  const { clusters, modes } = scenario
  const ways = stagesOf(scenario).flatMap(stage => clusters.map(cluster => quickestWay(stage, cluster, modes)))
  const said = (way: 'wasm' | 'emulated') =>
    modes[way] === modeFactors[way].value ? modeFactors[way].source : 'as declared'
  const sentences = [
    ...(ways.includes('wasm')
      ? [`As WebAssembly a stage takes ${modes.wasm} times as long as native code (${said('wasm')}).`]
      : []),
    ...(ways.includes('emulated')
      ? [
          `Emulated, as by the user mode of QEMU, a stage takes ${modes.emulated} times as long as native code (${said('emulated')}).`,
        ]
      : []),
  ]
  const slack = 'Nodes that run a stage so are open to it while its deadline allows the longer time.'
  return sentences.length === 0 ? [] : [...sentences, slack]
}

const stageSentences = ({ workloads }: Scenario): string[] =>
  workloads.some(({ stages }) => stages.length > 1)
    ? [
        'A stage can be placed when all that it comes after are complete; retries are counted per stage, and a stage that fails for good fails its job.',
      ]
    : []

/** What lies between a job and its answer. */
function networkSentences(scenario: Scenario): string[] {
  const counts =
    'Latency counts the request from the origin to the cluster, waiting, start-up, work and the answer back'
  const moves = stagesOf(scenario).some(({ inputBytes, outputBytes }) => inputBytes > 0 || outputBytes > 0)
  if (!moves || Object.keys(scenario.bandwidth).length === 0)
    return [`${counts}; moving data costs nothing but latency.`]
  return [
    `${counts}, and the time that input and output need on the way.`,
    'What is under way between two clusters at a time shares the bandwidth of the link that way equally; links do not share anything, and moving data draws no power.',
  ]
}

/** Who gets how much of the cores. */
function cpuSentences(scenario: Scenario): string[] {
  const crowded = scenario.clusters.filter(({ overcommit }) => overcommit > 1).map(({ name }) => name)
  const others = stagesOf(scenario).some(({ useMilli }) => useMilli !== null)
  if (crowded.length === 0 && !others)
    return ['CPU is not overcommitted: a task gets the cores that it asks for, at the speed of its node.']
  return [
    ...(crowded.length === 0 ? [] : [`More CPU can be requested than there is on the nodes of ${crowded.join(', ')}.`]),
    'Tasks that use more cores of a node than it has share them in proportion to their use, and all take longer at the same rate; switching between them costs nothing.',
  ]
}

const cancelSentences = ({ workloads }: Scenario): string[] => {
  const names = workloads.filter(({ onMiss }) => onMiss === 'cancel').map(({ name }) => name)
  return names.length === 0 ? [] : [`Jobs of ${names.join(', ')} are cancelled when their deadline passes.`]
}

/** What a cut link does to what goes over it. */
const cutSentences = ({ failures, randomFailures, triggers }: Scenario): string[] =>
  [...failures, ...triggers].some(({ effect }) => effect?.kind === 'link' || effect?.kind === 'partition') ||
  [...randomFailures, ...triggers.map(({ members }) => members)].some(members => members?.of === 'links')
    ? [
        'Over a link that is cut nothing goes: data goes on where it stopped, other messages wait for its repair. The control plane learns of it after the detection time of the cluster that it leads to, and then sends requests that were held elsewhere.',
      ]
    : []

const triggerSentences = ({ triggers }: Scenario): string[] =>
  triggers.length === 0
    ? []
    : [
        'Conditions of failures are looked at whenever anything happens, by what is so, not by what the control plane knows.',
      ]

/** What a failed node costs. */
function lossSentences(scenario: Scenario): string[] {
  const saved = scenario.workloads.flatMap(({ name, stages }) =>
    stages.flatMap(({ id, checkpoint }) =>
      checkpoint === null
        ? []
        : [
            `stage ${id} of ${name} saves its work every ${duration(checkpoint.everyS)} at a cost of ${duration(checkpoint.costS)} (${stores[checkpoint.store]})`,
          ],
    ),
  )
  if (saved.length === 0)
    return ['A failed node loses what runs on it; the work starts again from the begin after the failure was detected.']
  const all = saved.length === stagesOf(scenario).length
  return [
    `A failed node loses what runs on it, but for what was saved: ${saved.join('; ')}. Times are work at speed 1; going on from a checkpoint costs nothing.`,
    ...(all ? [] : ['Work of other stages starts again from the begin.']),
  ]
}

const stores = {
  node: 'on the node: of use only there',
  cluster: 'in the cluster: of use only there',
  remote: 'remote: of use everywhere',
} as const

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort()
