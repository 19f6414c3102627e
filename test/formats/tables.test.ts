/** Formats that are tables of text, on tiny files: what each column means, what is left out, what is made up. */
import { describe, expect, test } from 'vitest'
import { withDefaults } from '../../engine/schema.ts'
import type { TraceColumns } from '../../runner/formats/format.ts'
import { findFormat, formats } from '../../runner/formats/index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (name: string, text: string, options: Record<string, unknown> = {}): TraceColumns => {
  const entry = findFormat(name)!
  return entry.read(bytes(text), 'a.csv', withDefaults(options, entry.options))
}
const first = ({ submitS, runS, tasks, cpuMilli, memoryBytes, gpu }: TraceColumns) => [
  ...[submitS[0], runS[0], tasks[0], cpuMilli[0], memoryBytes[0], gpu[0]],
]
const gibibyte = 1024 ** 3

describe('openb', () => {
  const header =
    'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n'
  const text =
    `${header}openb-pod-0007,6000,1024,1,460,,LS,Running,100,400,150\n` +
    'openb-pod-0008,6000,1024,4,1000,V100M32,LS,Pending,200,500,\n'

  test('a part of a GPU, the time from being scheduled; pods that never were are left out', () => {
    const trace = read('openb', text)
    expect([trace.id[0], ...first(trace)]).toEqual([7, 100, 250, 1, 6000, gibibyte, 0.46])
    expect(trace.skipped).toEqual({ 'never scheduled': 1 })
    expect(trace.dropped).toEqual(['gpu_spec', 'qos', 'pod_phase'])
  })

  test('or run for their lifetime, which is said', () => {
    const trace = read('openb', text, { unscheduled: 'lifetime' })
    expect([trace.count, trace.runS[1], trace.gpu[1]]).toEqual([2, 300, 4])
    expect(Object.values(trace.invented)).toEqual([1])
  })
})

test('gaia: hours unless it is told that they are seconds', () => {
  const text = 'arrival_time,length,cpus\n0.5,2,4\n'
  expect(first(read('gaia', text))).toEqual([1800, 7200, 1, 4000, Number.NaN, Number.NaN])
  expect(first(read('gaia', text, { timeUnit: 's' })).slice(0, 2)).toEqual([0.5, 2])
})

test('ecsched: no header line, columns by spaces', () => {
  expect(first(read('ecsched', '1 88 34 7 2\n2 107 22 1 1\n'))).toEqual([88, 34, 1, 7000, 2 * gibibyte, Number.NaN])
})

test('azure-llm: run times follow from tokens, and that they are made up is said', () => {
  const text =
    'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,2000,60\n2023-11-16 18:15:47.6805901,0,30\n'
  const trace = read('azure-llm', text)
  expect([...trace.runS]).toEqual([3, 1])
  expect(trace.submitS[0]).toBe(0)
  expect(trace.submitS[1]).toBeCloseTo(1.0000001, 6)
  expect(Object.values(trace.invented)).toEqual([2])
})

test('azure-functions: submitted when it ended less what it took', () => {
  const trace = read('azure-functions', 'app,func,end_timestamp,duration\na,f,10.5,2\nb,g,1,3\n')
  expect([...trace.submitS]).toEqual([8.5, 0])
  expect(Object.values(trace.invented)).toEqual([1])
})

test('kubenergy: times of day from the earliest on', () => {
  const text =
    'id,submit,cpu,mem,duration,tag\nw2,2025-01-01T00:01:00Z,2,4,30,a\nw1,2025-01-01T01:00:00+01:00,1,1,5,b\n'
  const trace = read('kubenergy', text)
  expect([...trace.submitS]).toEqual([60, 0])
  expect(first(trace)).toEqual([60, 30, 1, 2000, 4 * gibibyte, Number.NaN])
  expect(trace.dropped).toEqual(['tag'])
})

describe('opendc', () => {
  const text =
    'id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity\n7,2022-10-06T22:00:00Z,5000,20,42000,1000\n'

  test('milliseconds, cores, kB', () => {
    expect(first(read('opendc', text))).toEqual([0, 5, 1, 20_000, 1e6, Number.NaN])
  })

  test('several tasks where hosts are smaller than the job', () => {
    const trace = read('opendc', text, { hostCores: 16 })
    expect(first(trace)).toEqual([0, 5, 2, 10_000, 5e5, Number.NaN])
    expect(Object.values(trace.invented)).toEqual([1])
  })
})

describe('google', () => {
  const event = (timeS: number, kind: number, task = 0) => `${timeS * 1e6},,7,${task},,${kind},u,0,0,0.5,0.25,0,`

  test('2011: a job for each run, from its submission; evicted tasks come again', () => {
    const lines = [event(10, 0), event(12, 1), event(20, 2), event(20, 0), event(30, 1), event(35, 4), event(40, 4, 9)]
    const trace = read('google-2011', `${lines.join('\n')}\n`, { machineCores: 64, machineMemoryGiB: 256 })
    expect([...trace.submitS]).toEqual([10, 20])
    expect([...trace.runS]).toEqual([8, 5])
    expect(first(trace).slice(3, 5)).toEqual([32_000, 64 * gibibyte])
    expect(trace.skipped).toEqual({ 'begun before the trace': 1 })
  })

  test('2011: what had not ended is left out', () => {
    const trace = read('google-2011', `${[event(1, 0), event(2, 1), event(3, 0, 1)].join('\n')}\n`)
    expect(trace.count).toBe(0)
    expect(trace.skipped).toEqual({ 'not ended within the trace': 1, 'not scheduled within the trace': 1 })
  })

  test.each([
    ['0', '3', '6'],
    ['SUBMIT', 'SCHEDULE', 'FINISH'],
  ])('2019: events as numbers or names, requests as a structure: %s', (submit, schedule, finish) => {
    const row = (timeS: number, type: string) => `${timeS * 1e6},${type},7,0,"{'cpus': 0.5, 'memory': 0.25}"`
    const text = `time,type,collection_id,instance_index,resource_request\n${[row(1, submit), row(3, schedule), row(8, finish)].join('\n')}\n`
    expect(first(read('google-2019', text))).toEqual([1, 5, 1, 32_000, 64 * gibibyte, Number.NaN])
  })

  test('an event that is none says where', () => {
    expect(() => read('google-2011', `${event(1, 0)}\n${event(1, 12)}\n`)).toThrow('a.csv:2: there is no event 12')
  })
})

describe('errors', () => {
  test('a missing column says which the file has', () => {
    expect(() => read('gaia', 'a,b\n1,2\n')).toThrow(
      'a.csv:1: no column “arrival_time”, “length”, “cpus”; the file has a, b',
    )
  })

  test('a cell that is no number says line and column', () => {
    expect(() => read('gaia', 'arrival_time,length,cpus\n1,2,3\n1,x,3\n')).toThrow(
      'a.csv:3: column length: “x” is not a number',
    )
  })

  test('a quote that never closes', () => {
    expect(() => read('gaia', 'arrival_time,length,cpus\n1,"2,3\n')).toThrow(/^a\.csv:2: /)
  })

  test('an empty file', () => expect(() => read('gaia', '')).toThrow('a.csv:1: the file is empty'))
})

describe('written and read again', () => {
  const trace = read(
    'openb',
    'name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time,deletion_time,scheduled_time\np-3,1500,2048,1,250,7,20,9\n',
  )

  test.each(formats.filter(({ write, name }) => write !== undefined && name !== 'parquet').map(({ name }) => name))(
    '%s keeps all that it has a place for',
    async name => {
      const entry = findFormat(name)!
      const text = [...(await entry.write!(trace))].join('')
      const again = entry.read(bytes(text), 'b', withDefaults({}, entry.options))
      for (const field of ['id', 'submitS', 'runS', 'estimateS', 'tasks', 'cpuMilli', 'memoryBytes', 'gpu'] as const)
        expect([...again[field]], field).toEqual(entry.loses?.includes(field) ? [Number.NaN] : [...trace[field]])
    },
  )
})

test('each file is recognised as what it is, and as nothing else', () => {
  const heads: Record<string, string> = {
    openb: 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time,scheduled_time',
    gaia: 'arrival_time,length,cpus',
    'azure-llm': 'TIMESTAMP,ContextTokens,GeneratedTokens',
    'azure-functions': 'app,func,end_timestamp,duration',
    'google-2019': 'time,type,collection_id,instance_index,resource_request',
    opendc: 'id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity',
    kubenergy: 'id,submit,cpu,mem,duration,tag',
    csv: 'id,submitTime,runTime',
    swf: '; a comment',
  }
  for (const [name, line] of Object.entries(heads)) {
    const lines = name === 'swf' ? [line, Array(18).fill('1').join(' ')] : [line]
    expect(formats.filter(entry => entry.recognises?.(lines, 'x.txt')).map(entry => entry.name)).toEqual([name])
  }
})
