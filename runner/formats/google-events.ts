/** What Google's traces have in common: events of the instances of jobs, of which runs are put together. */
import { gibibyte } from './binary-units.ts'
import type { TraceBuilder } from './columns.ts'
import type { FormatOptions } from './format.ts'
import { addJob, type Gatherer, type Row } from './table.ts'

export type EventKind = 'submit' | 'schedule' | 'end' | 'other'

export interface GoogleEvent {
  /** Names the instance: collection and index. */
  instance: string
  kind: EventKind
  timeS: number
  /** Parts of the largest machine. */
  cpu: number
  memory: number
}

interface Instance {
  submitS: number
  startS: number
  cpu: number
  memory: number
}

/** What the traces do not say: how large the largest machine is, of which all requests are parts. */
export const machineOptions = {
  machineCores: {
    type: 'number' as const,
    description: 'Cores of the largest machine, which the trace does not tell: requests are parts of it.',
    exclusiveMinimum: 0,
    default: 64,
    examples: [64],
  },
  machineMemoryGiB: {
    type: 'number' as const,
    description: 'Memory of the largest machine in GiB, which the trace does not tell.',
    exclusiveMinimum: 0,
    default: 256,
    examples: [256],
  },
}

/**
 * A job for each run of an instance: from its submission, or from the end of its run before, for as long as it then ran.
 * Instances that began before the trace, or had not ended in it, are left out.
 */
export function gatherEvents(
  eventOf: (row: Row) => GoogleEvent | null,
  options: FormatOptions,
  trace: TraceBuilder,
): Gatherer {
  const alive = new Map<string, Instance>()
  const instanceOf = (event: GoogleEvent): Instance | undefined => {
    const known = alive.get(event.instance)
    if (known !== undefined || event.kind !== 'submit') return known
    const fresh = { submitS: event.timeS, startS: Number.NaN, cpu: event.cpu, memory: event.memory }
    alive.set(event.instance, fresh)
    return fresh
  }
  const end = (instance: Instance, event: GoogleEvent) => {
    alive.delete(event.instance)
    if (Number.isNaN(instance.startS)) return trace.skip('ended before it was scheduled')
    trace.invent('cores and memory: parts of a machine of machineCores and machineMemoryGiB')
    addJob(trace, {
      submitS: instance.submitS,
      runS: event.timeS - instance.startS,
      tasks: 1,
      cpuMilli: Math.max(1, Math.round(instance.cpu * (options.machineCores as number) * 1000)),
      memoryBytes: Math.round(instance.memory * (options.machineMemoryGiB as number) * gibibyte),
    })
  }
  return {
    row: row => {
      const event = eventOf(row)
      if (event === null || event.kind === 'other') return
      const instance = instanceOf(event)
      if (instance === undefined) {
        if (event.kind === 'end') trace.skip('begun before the trace')
      } else if (event.kind === 'schedule') instance.startS = event.timeS
      else if (event.kind === 'end') end(instance, event)
    },
    end: () => {
      for (const { startS } of alive.values())
        trace.skip(Number.isNaN(startS) ? 'not scheduled within the trace' : 'not ended within the trace')
    },
  }
}
