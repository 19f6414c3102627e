import { describe, expect, test } from 'vitest'
import { compile } from '../../runner/compile/compile.ts'
import { gpuTasks } from '../../runner/compile/node-room.ts'
import { parse, problemsOf, text } from '../scenario/parse.ts'

const fabric = 'fabric: {clusters: [{name: a, pool: lab, nodes: 2, gpu: 2}, {name: b, pool: lab, nodes: 9}]}'
const workloads = (stage: string) =>
  `workloads: [{name: jobs, origin: {cluster: a}, arrivals: {rate: 2/s}, job: {stages: [{cpu: 0, duration: 1s, ${stage}}]}}]`
const modelOf = (stage: string) => compile(parse({ fabric, workloads: workloads(stage) }).scenario).model

describe('parts of GPUs', () => {
  test.each([
    ['gpu: 0.25', 250],
    ['gpu: 0.29', 290],
    ['gpu: 0.001', 1],
    ['gpu: 0.999', 999],
    ['gpu: 2', 2000],
  ])('%s is %i milli-GPU', (stage, milli) => expect(Array.from(modelOf(stage).classes.gpuMilli)).toEqual([milli]))

  test('run where there is a device, of which nodes have whole ones', () => {
    const { groups, classes } = modelOf('gpu: 0.25')
    expect(Array.from(groups.gpuMilli)).toEqual([2000, 0])
    expect(Array.from(classes.groups)).toEqual([0])
  })

  test.each([
    [2, 0, Number.POSITIVE_INFINITY],
    [2, 600, 2],
    [2, 500, 4],
    [2, 334, 4],
    [2, 333, 6],
    [3, 2000, 1],
    [4, 2000, 2],
    [0, 1, 0],
  ])('%i devices have room for tasks of %i milli-GPU: %d', (devices, milli, tasks) =>
    expect(gpuTasks(devices, milli)).toBe(tasks),
  )

  test('a gang must fit device by device', () => {
    const demand = (stage: string) =>
      problemsOf(text({ fabric, workloads: workloads(stage) })).map(({ message }) => message)
    expect(demand('gpu: 0.5, tasks: 8')).toEqual([])
    // 0.6 · 6 = 3.6 GPUs of 4, but no two of them on one.
    expect(demand('gpu: 0.6, tasks: 6')).toEqual(['no cluster can run all 6 tasks at once: the largest holds 4'])
  })
})
