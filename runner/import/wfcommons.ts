/** WfFormat of WfCommons, versions 1.0 to 1.5: tasks with run times, files and parents (Coleman et al., FGCS 2022). */
import { FabricdtError } from '../errors.ts'
import { Labels } from '../snapshot/names.ts'
import type { Workflow, WorkflowEntry, WorkflowStep } from './workflow.ts'

/** A task in any of the versions: they were called jobs first, and since 1.5 lie in two lists. */
interface Task {
  name?: string
  id?: string
  runtime?: number
  runtimeInSeconds?: number
  cores?: number
  coreCount?: number
  memory?: number
  memoryInBytes?: number
  parents?: string[]
  files?: { name?: string; link: 'input' | 'output'; size?: number; sizeInBytes?: number }[]
  inputFiles?: string[]
  outputFiles?: string[]
}

interface Document {
  name?: string
  workflow?: {
    tasks?: Task[]
    jobs?: Task[]
    specification?: { tasks?: Task[]; files?: { id: string; sizeInBytes: number }[] }
    execution?: { tasks?: Task[] }
  }
}

interface File {
  name: string
  bytes: number
}

const tasksOf = ({ workflow }: Document): Task[] | undefined =>
  workflow?.specification?.tasks ?? workflow?.tasks ?? workflow?.jobs

export const wfcommons: WorkflowEntry = {
  name: 'wfcommons',
  summary: 'Workflow instances of WfCommons (WfFormat 1.0 to 1.5).',
  recognises: document => Array.isArray(tasksOf((document ?? {}) as Document)),
  read,
}

function read(content: unknown, file: string): Workflow {
  const document = content as Document
  const tasks = tasksOf(document) ?? []
  if (tasks.length === 0) throw new FabricdtError('bad-trace', `${file}: the workflow has no tasks`)
  const runs = new Map((document.workflow?.execution?.tasks ?? []).map(task => [task.id, task]))
  const sizes = new Map((document.workflow?.specification?.files ?? []).map(({ id, sizeInBytes }) => [id, sizeInBytes]))
  const ids = stageIds(tasks)
  const known = new Map(tasks.flatMap((task, i) => [[task.name, ids[i]] as const, [task.id, ids[i]] as const]))
  const made = new Set(tasks.flatMap(task => filesOf(task, 'output', sizes).map(({ name }) => name)))
  const steps = tasks.map((task, i): WorkflowStep => {
    const run = runs.get(task.id)
    const runS = task.runtime ?? task.runtimeInSeconds ?? run?.runtimeInSeconds
    if (runS === undefined)
      throw new FabricdtError('bad-trace', `${file}: task ${task.name ?? task.id} has no run time`)
    return {
      id: ids[i],
      after: (task.parents ?? []).map(parent => known.get(parent) ?? noParent(file, task, parent)),
      runS,
      cores: Math.max(1, task.cores ?? run?.coreCount ?? 1),
      memoryBytes: run?.memoryInBytes ?? (task.memory ?? 0) * 1024,
      inputBytes: total(filesOf(task, 'input', sizes).filter(({ name }) => !made.has(name))),
      outputBytes: total(filesOf(task, 'output', sizes)),
    }
  })
  return { name: document.name ?? 'workflow', steps, notes: notesOf(tasks, sizes) }
}

/** Names of stages: lower case letters, digits and dashes, each once. */
function stageIds(tasks: readonly Task[]): string[] {
  const labels = new Labels()
  return tasks.map(task => labels.take(task.name ?? task.id ?? 'task'))
}

function filesOf(task: Task, link: 'input' | 'output', sizes: ReadonlyMap<string, number>): File[] {
  const named = (link === 'input' ? task.inputFiles : task.outputFiles) ?? []
  return [
    ...(task.files ?? [])
      .filter(file => file.link === link)
      .map(({ name, size, sizeInBytes }) => ({ name: name ?? '', bytes: sizeInBytes ?? size ?? 0 })),
    ...named.map(name => ({ name, bytes: sizes.get(name) ?? 0 })),
  ]
}

const total = (files: readonly File[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0)

const noParent = (file: string, task: Task, parent: string): never => {
  throw new FabricdtError(
    'bad-trace',
    `${file}: task ${task.name ?? task.id} has a parent “${parent}” that is not there`,
  )
}

/** Where files go to some successors only, as the stages of a scenario cannot say it. */
function notesOf(tasks: readonly Task[], sizes: ReadonlyMap<string, number>): string[] {
  const writers = new Map(
    tasks.flatMap(task => filesOf(task, 'output', sizes).map(({ name }) => [name, task] as const)),
  )
  const partly = tasks.filter(task =>
    (task.parents ?? []).some(parent => {
      const needed = new Set(filesOf(task, 'input', sizes).map(({ name }) => name))
      const written = [...writers].filter(([, writer]) => writer.name === parent || writer.id === parent)
      return written.some(([name]) => !needed.has(name))
    }),
  )
  return [
    ...(partly.length === 0
      ? []
      : [
          `${partly.length} tasks need only some of what a parent writes: here all that it writes goes to each successor`,
        ]),
    'run times are taken to be those at speed 1; the machines of the execution are dropped',
  ]
}
