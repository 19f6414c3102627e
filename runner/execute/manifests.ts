/** Attempts as Kubernetes objects: one `batch/v1` Job for the tasks of a stage on one node. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { type LiveAttempt, type Model, nodeName } from '../../engine/index.ts'
import { packageRoot } from '../../reports/package-root.ts'
import type { KubeObject } from '../clusters/paths.ts'
import { limitMilli, quantitiesOf, type Resources, scaleResources } from '../clusters/scaling.ts'
import type { Scenario, ScenarioStage } from '../scenario/scenario.ts'
import { jobName, labelValue } from './names.ts'
import { type AskingStage, neighbourFields, stageLabels } from './neighbour-fields.ts'
import { foreignImage } from './worker-image.ts'

export type JobManifest = KubeObject & { metadata: { name: string; namespace: string } }

/** What is the same for all Jobs of a run. */
export interface ManifestContext {
  readonly scenario: Scenario
  readonly model: Model
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly image: string
  /** Runtime classes that a cluster has: others would be refused. */
  runtimeClasses(cluster: number): ReadonlySet<string>
  /** What a node of the scenario is called on its cluster. */
  nodeNameOn(cluster: number, name: string): string
}

export type RenderJob = (attempt: LiveAttempt, entry: number, nowS: number) => JobManifest

/** Reads the template. The Jobs of an attempt are then its entries from 0. */
export async function jobRenderer(context: ManifestContext): Promise<RenderJob> {
  const { default: Handlebars } = await import('handlebars')
  const environment = Handlebars.create()
  environment.registerHelper('json', (value: unknown) => new Handlebars.SafeString(JSON.stringify(value)))
  const text = await readFile(new URL('templates/manifests/job.yaml.hbs', packageRoot), 'utf8')
  const template = environment.compile(text, { noEscape: true, strict: true })
  return (attempt, entry, nowS) => parse(template(valuesOf(context, attempt, entry, nowS))) as JobManifest
}

function valuesOf(context: ManifestContext, attempt: LiveAttempt, entry: number, nowS: number) {
  const { model, namespace, labels, image } = context
  const { node, tasks } = attempt.nodes[entry]
  const cluster = model.nodeCluster[node]
  const declared = requestOf(model, attempt.stageClass)
  const resources = scaleResources(declared, context.scenario.scaling, 'down')
  const usedMilli = usedMilliOf(model, attempt, resources)
  const stage = declaredStage(context, attempt)
  const arch = stage.arch.length === 0 ? null : stage.arch
  const mode = modes[model.classes.mode[attempt.stageClass * model.groups.count + model.nodeGroup[node]]]
  const hasClass = context.runtimeClasses(cluster).has(mode.runtimeClass)
  const isForeign = hasClass && mode.name === 'emulated' && arch !== null
  return {
    name: jobName(model, attempt, entry),
    namespace,
    labels: { ...stageLabels(stage), ...labels, ...labelsOf(model, attempt) },
    annotations: {
      ...annotationsOf(model, attempt, declared),
      'fabricdt.io/mode': mode.name,
      ...usageOf(resources, usedMilli),
    },
    tasks,
    node: context.nodeNameOn(cluster, nodeName(model, node)),
    architectures: mode.name === 'native' ? arch : null,
    ...neighbourFields(stage, context.scenario),
    runtimeClass: hasClass ? mode.runtimeClass : null,
    deadlineSeconds: deadlineOf(model, attempt, nowS),
    image: isForeign ? foreignImage(image, arch[0]) : image,
    args: argumentsOf(attempt, resources.memoryBytes - (isForeign ? emulatorBytes : 0), usedMilli),
    requests: quantitiesOf(resources),
    // What uses more than it requests is held back by others only, not by its own limit.
    limits: quantitiesOf({ ...resources, cpuMilli: limitMilli(Math.max(resources.cpuMilli, usedMilli)) }),
  }
}

/** Ways to run, in the model's order, and the runtime class that each needs where containers are real. */
const modes = [
  { name: 'native', runtimeClass: '' },
  { name: 'wasm', runtimeClass: 'fabricdt-wasm' },
  { name: 'emulated', runtimeClass: 'fabricdt-emulated' },
] as const

/** What QEMU needs of a container's memory for itself. */
const emulatorBytes = 24 * 1024 * 1024

const requestOf = ({ classes }: Model, stageClass: number): Resources => ({
  cpuMilli: classes.cpuMilli[stageClass],
  memoryBytes: classes.memoryBytes[stageClass],
  gpuMilli: classes.gpuMilli[stageClass],
})

const labelsOf = ({ workloads, stages }: Model, { workload, ordinal, stage, number }: LiveAttempt) => ({
  'fabricdt.io/workload': labelValue(workloads.names[workload]),
  'fabricdt.io/job': String(ordinal),
  'fabricdt.io/stage': labelValue(stages.ids[stage]),
  'fabricdt.io/attempt': String(number),
})

/** What a KWOK node goes by, what was declared, and where the work comes from. */
const annotationsOf = ({ clusters }: Model, attempt: LiveAttempt, { cpuMilli, memoryBytes, gpuMilli }: Resources) => ({
  'fabricdt.io/startup': seconds(attempt.startupS),
  'fabricdt.io/duration': seconds(attempt.runS),
  'fabricdt.io/exit-code': attempt.faulty ? '1' : '0',
  'fabricdt.io/origin': clusters.names[attempt.origin],
  'fabricdt.io/declared': JSON.stringify({ cpuMilli, memoryBytes, gpuMilli }),
})

/** What each pod tells the Metrics API where nobody measures it: on KWOK. */
const usageOf = ({ memoryBytes }: Resources, usedMilli: number) => ({
  'kwok.x-k8s.io/usage-cpu': `${usedMilli}m`,
  'kwok.x-k8s.io/usage-memory': String(memoryBytes),
})

/** As Go reads durations, to the millisecond. */
const seconds = (value: number): string => `${Math.round(value * 1000)}ms`

type DeclaredStage = Pick<ScenarioStage, 'arch'> & AskingStage

function declaredStage({ scenario, model }: ManifestContext, { workload, stage }: LiveAttempt): DeclaredStage {
  const declared = scenario.workloads.find(({ name }) => name === model.workloads.names[workload])
  return declared?.stages.find(({ id }) => id === model.stages.ids[stage]) ?? { arch: [] }
}

/** A job that is cancelled when its deadline has passed is so even if the runner is not there to do it. */
function deadlineOf({ workloads }: Model, { workload, deadlineS }: LiveAttempt, nowS: number): number | null {
  if (workloads.cancelLate[workload] === 0 || deadlineS === Number.POSITIVE_INFINITY) return null
  return Math.max(1, Math.ceil(deadlineS - nowS))
}

/** Millicores on the real cluster that it uses where they are free; at least 1. */
function usedMilliOf({ classes }: Model, { stageClass }: LiveAttempt, { cpuMilli }: Resources): number {
  const part = classes.useMilli[stageClass] / Math.max(1, classes.cpuMilli[stageClass])
  return Math.max(1, Math.round(cpuMilli * part))
}

/** What a real container is to do: so much CPU for so long. */
function argumentsOf(attempt: LiveAttempt, memoryBytes: number, usedMilli: number): string[] {
  return [
    ...['--for', seconds(attempt.runS), '--cpu', `${usedMilli}m`, '--memory', String(Math.max(0, memoryBytes))],
    ...(attempt.faulty ? ['--exit-code', '1'] : []),
  ]
}
