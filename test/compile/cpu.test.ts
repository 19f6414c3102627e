import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compile } from '../../runner/compile/compile.ts'
import { requestableMilli } from '../../runner/compile/node-room.ts'
import { parse, problemsOf, text } from '../scenario/parse.ts'
import { compiled } from './compiled.ts'

const fabric = `fabric:
    pools: {crowded: {extends: lab, cpu: 4, overcommit: 1.5}}
    clusters:
      - {name: a, pool: crowded, nodes: 2}
      - {name: b, pool: crowded, nodes: 1, overcommit: 3, cpu: 3500m}
      - {name: c, pool: lab, nodes: 1}`
const workloads = (stages: string) =>
  `workloads: [{name: jobs, origin: {cluster: a}, arrivals: {rate: 2/s}, job: {stages: ${stages}}}]`

describe('overcommit', () => {
  test('is of what may be requested, not of what there is', () => {
    const { groups } = compile(parse({ fabric, workloads: workloads('[{duration: 1s}]') }).scenario).model
    expect(Array.from(groups.coreMilli)).toEqual([4000, 3500, 6000])
    expect(Array.from(groups.cpuMilli)).toEqual([6000, 10_500, 6000])
  })

  test.each([
    [1000, 1.001, 1001],
    [3000, 1.1, 3300],
    [3, 1.5, 4],
    [4700, 1.7, 7990],
    [1, 1.999, 1],
  ])('%i millicores times %d are %i, rounded down', (cpuMilli, overcommit, requestable) =>
    expect(requestableMilli({ cpuMilli, overcommit })).toBe(requestable),
  )

  test('lets larger requests fit', () => {
    const demand = (cpu: number) => problemsOf(text({ fabric, workloads: workloads(`[{cpu: ${cpu}, duration: 1s}]`) }))
    expect(demand(10.5)).toEqual([])
    expect(demand(10.6)).toMatchObject([{ code: 'impossible-demand' }])
  })
})

describe('use', () => {
  test('is what is requested, unless it is said', () => {
    const { classes, stages } = compiled({
      stages:
        '[{cpu: 2, duration: 1s}, {cpu: 2, use: 500m, duration: 1s}, {cpu: 1, use: 3, duration: 1s}, {use: 0, duration: 1s}]',
    })
    const ofStage = Array.from(stages.class, k => [classes.cpuMilli[k], classes.useMilli[k]])
    expect(ofStage).toEqual([
      [2000, 2000],
      [2000, 500],
      [1000, 3000],
      [1000, 0],
    ])
  })

  test('tells classes apart, and only then', () => {
    const { stages } = compiled({
      stages: '[{duration: 1s}, {use: 1, duration: 9s}, {use: 1000m, duration: 1s}, {use: 2, duration: 1s}]',
    })
    expect(Array.from(stages.class)).toEqual([0, 0, 0, 1])
  })

  test('above the cores of every node is told', () => {
    const warnings = (stage: string) =>
      parse({ fabric, workloads: workloads(`[{duration: 1s, ${stage}}]`) }).warnings.map(({ message }) => message)
    expect(warnings('use: 6')).toEqual([])
    expect(warnings('use: 6001m')).toEqual(['no node that can run the stage has 6.001 cores: it is always slowed down'])
  })
})

describe('of traces', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabricdt-cpu-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const classesOf = (stage: string, csv: string) => {
    writeFileSync(join(folder, 't.csv'), csv)
    const trace = `workloads: [{name: t, origin: {cluster: a}, trace: {format: csv, file: t.csv}, job: {stages: [${stage}]}}]`
    const { model } = compile(parse({ fabric, workloads: trace }, {}, join(folder, 'test.yaml')).scenario)
    const { classes, traces } = model
    return Array.from(traces.class, k => [classes.cpuMilli[k], classes.useMilli[k], classes.gpuMilli[k]])
  }

  test('each job uses what it requests, or all what the stage says', () => {
    const csv = 'submitTime,runTime,cpu\n0,1,2\n1,1,3\n2,1,\n'
    expect(classesOf('{}', csv)).toEqual([
      [2000, 2000, 0],
      [3000, 3000, 0],
      [1000, 1000, 0],
    ])
    expect(classesOf('{use: 250m}', csv)).toEqual([
      [2000, 250, 0],
      [3000, 250, 0],
      [1000, 250, 0],
    ])
  })

  test('GPUs are whole or a part of one', () => {
    const gpus = (values: string) => {
      writeFileSync(join(folder, 'g.csv'), `submitTime,runTime,cpu,gpu\n${values}`)
      const parts = {
        fabric: 'fabric: {clusters: [{name: a, pool: mining, nodes: 1}]}',
        workloads: 'workloads: [{name: t, origin: {cluster: a}, trace: {format: csv, file: g.csv}}]',
      }
      return compile(parse(parts, {}, join(folder, 'test.yaml')).scenario).model.classes.gpuMilli
    }
    expect(Array.from(gpus('0,1,1,2\n1,1,1,0.25\n'))).toEqual([2000, 250])
    expect(() => gpus('0,1,1,1.5\n')).toThrow(/GPUs of job 1 of the trace: 1.5/)
    expect(() => gpus('0,1,1,-1\n')).toThrow(/must not be negative/)
  })
})
