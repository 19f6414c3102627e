/**
 * DSLab's fair throughput sharing (osukhoroslov/dslab, crates/dslab-models/tests: figures only): a resource of
 * throughput 100 that its activities share equally. Here it is a link of 100 bytes a second, and a core of 100 units a
 * second that is asked for by several at once.
 */
import { describe, expect, it } from 'vitest'
import { logLines, tinyModel } from '../reference/tiny-model.ts'

/** [size, begin] of each activity, and when each ends. */
const cases: [string, [number, number][], number[]][] = [
  [
    'two from the begin',
    [
      [150, 0],
      [300, 0],
    ],
    [3, 4.5],
  ],
  [
    'a second of equal size later',
    [
      [200, 0],
      [200, 1],
    ],
    [3, 4],
  ],
  [
    'a small one beside a large one',
    [
      [500, 0],
      [100, 1],
    ],
    [6, 3],
  ],
]

/** When each job's row of a kind comes, by job. */
const timesOf = (lines: readonly string[], kind: string): number[] =>
  lines
    .map(line => line.split(/[ #@/]/))
    .filter(([, what]) => what === kind)
    .sort((a, b) => Number(a[2]) - Number(b[2]))
    .map(([time]) => Number(time))

describe.each(cases)('%s', (_name, activities, ends) => {
  it('on a link', () => {
    const model = tinyModel({
      clusters: ['from', 'to'].map(name => ({
        name,
        groups: [{ nodes: name === 'to' ? 1 : 0, cpuMilli: 9000 }],
      })),
      bandwidth: [['from', 'to', 100]],
      workloads: activities.map(([bytes, atS], i) => ({
        name: `w${i}`,
        origin: { from: 1 },
        inputBytes: bytes,
        trace: [{ submitS: atS, runS: 0 }],
      })),
    })
    expect(timesOf(logLines(model), 'arrive')).toEqual(ends)
  })

  it('on a core', () => {
    const model = tinyModel({
      node: { cpuMilli: 9000, coreMilli: 1000 },
      workloads: activities.map(([size, atS], i) => ({ name: `w${i}`, trace: [{ submitS: atS, runS: size / 100 }] })),
    })
    expect(timesOf(logLines(model), 'finish')).toEqual(ends)
  })
})
