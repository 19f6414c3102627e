/** A scenario of what was imported: runnable as it is, with what was made up said in comments. */
import { Document } from 'yaml'
import { formatMemory } from '../scenario/units.ts'
import { Labels } from '../snapshot/names.ts'
import type { ImportedNodes } from './fabric-file.ts'
import type { Workflow, WorkflowStep } from './workflow.ts'

export interface ImportedTrace {
  format: string
  /** Relative to the scenario. */
  file: string
  options: Readonly<Record<string, unknown>>
}

export interface ScenarioParts {
  name: string
  description: string
  traces: readonly ImportedTrace[]
  workflows: readonly Workflow[]
  /** Null: no file tells of nodes. */
  clusters: readonly ImportedNodes[] | null
  /** The largest request of one task, for a fabric that is made up. */
  largest: { cpuMilli: number; memoryBytes: number; gpus: number; tasks: number }
  notes: readonly string[]
}

/** YAML that `fabricdt-run validate` accepts. */
export function importedYaml(parts: ScenarioParts): string {
  const labels = new Labels()
  const clusters = (parts.clusters ?? [invented(parts)]).map(nodes => clusterOf(nodes, labels))
  const origin = { cluster: clusters[0].name }
  const document = new Document(
    {
      apiVersion: 'fabricdt.io/v1alpha1',
      kind: 'Scenario',
      metadata: { name: parts.name, description: parts.description },
      spec: {
        fabric: { clusters, ...(parts.workflows.length === 0 ? {} : { network }) },
        workloads: [
          ...parts.traces.map(trace => ({ name: labels.take(trace.format), origin, trace: traceOf(trace) })),
          ...parts.workflows.map(workflow => workloadOf(workflow, origin, labels)),
        ],
        policies: ['fcfs', 'least-allocated'],
      },
    },
    { aliasDuplicateObjects: false },
  )
  document.commentBefore = parts.notes.map(note => ` ${note}`).join('\n')
  return document.toString({ lineWidth: 0 })
}

/** What workflows do not tell, and without which their files would take no time. */
const network = { within: '1ms', bandwidth: '1Gbps' }

const traceOf = ({ format, file, options }: ImportedTrace) =>
  Object.keys(options).length === 0 ? { format, file } : { format, file, options }

/** Four nodes that hold what asks for most, where no file told of nodes. */
const invented = ({ largest }: ScenarioParts): ImportedNodes => ({
  name: 'datacenter',
  nodes: Math.max(4, largest.tasks),
  cpuMilli: Math.max(16_000, largest.cpuMilli),
  memoryBytes: Math.max(64 * 1024 ** 3, largest.memoryBytes),
  gpus: Math.ceil(largest.gpus),
})

function clusterOf({ name, nodes, cpuMilli, memoryBytes, gpus, power }: ImportedNodes, labels: Labels) {
  return {
    name: labels.take(name),
    pool: 'datacenter',
    nodes,
    cpu: cpuMilli % 1000 === 0 ? cpuMilli / 1000 : `${cpuMilli}m`,
    ...(memoryBytes === 0 ? {} : { memory: memoryOf(memoryBytes) }),
    ...(gpus === 0 ? {} : { gpu: gpus }),
    ...(power === undefined ? {} : { power: { model: power.model, idle: power.idleW, busy: power.busyW } }),
  }
}

const memoryOf = (bytes: number): string | number => (bytes % 1024 === 0 ? formatMemory(bytes) : Math.ceil(bytes))

const workloadOf = ({ name, steps }: Workflow, origin: { cluster: string }, labels: Labels) => ({
  name: labels.take(name),
  origin,
  arrivals: { process: 'deterministic', interval: '1s', maxJobs: 1 },
  job: { stages: steps.map(stageOf) },
})

const stageOf = ({ id, after, runS, cores, memoryBytes, inputBytes, outputBytes }: WorkflowStep) => ({
  id,
  ...(after.length === 0 ? {} : { after: [...new Set(after)] }),
  cpu: cores,
  ...(memoryBytes === 0 ? {} : { memory: memoryOf(memoryBytes) }),
  ...(inputBytes === 0 ? {} : { input: inputBytes }),
  ...(outputBytes === 0 ? {} : { output: outputBytes }),
  duration: runS === 0 ? 0 : `${runS}s`,
})
