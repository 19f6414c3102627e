/** Parts of GPUs, in worlds small enough to know what must fit. */
import { describe, expect, it } from 'vitest'
import type { TraceJobSpec } from './model-spec.ts'
import { logLines, tinyModel } from './tiny-model.ts'

const job = (gpuMilli: number, submitS = 0, runS = 9, tasks = 1): TraceJobSpec => ({
  submitS,
  runS,
  request: { cpuMilli: 100, gpuMilli, tasks },
})

/** When and where jobs are placed on nodes of two GPUs. */
const places = (trace: TraceJobSpec[], nodes = 1) =>
  logLines(tinyModel({ nodes, node: { cpuMilli: 9000, gpuMilli: 2000 }, workloads: [{ name: 'w', trace }] }))
    .filter(line => line.includes(' place '))
    .map(line => line.replace(/ place 0.(\d+)#0/, ': $1'))

describe('GPUs', () => {
  it('are not one: what is left of two does not make a part', () => {
    expect(places([job(600), job(600), job(500)])).toEqual(['0: 0@0', '0: 1@0', '9: 2@0'])
  })

  it('of which a part is taken are not whole', () => {
    expect(places([job(500), job(1000), job(1000)])).toEqual(['0: 0@0', '0: 1@0', '9: 2@0'])
    expect(places([job(2000), job(500, 0, 1), job(2000)])).toEqual(['0: 0@0', '9: 1@0', '10: 2@0'])
  })

  it('are filled: the one with the least that suffices', () => {
    expect(places([job(700), job(500), job(300), job(500)])).toEqual(['0: 0@0', '0: 1@0', '0: 2@0', '0: 3@0'])
  })

  it('get back what was taken of them', () => {
    expect(places([job(600, 0, 2), job(600), job(1000, 1)])).toEqual(['0: 0@0', '0: 1@0', '2: 2@0'])
    expect(places([job(600), job(600, 0, 2), job(400, 1), job(1000, 1)])).toEqual([
      '0: 0@0',
      '0: 1@0',
      '1: 2@0',
      '2: 3@0',
    ])
  })

  it('hold as many tasks of a gang as parts', () => {
    // Four on the first node, one on the second, of which a GPU is free.
    expect(places([job(400, 0, 9, 5), job(1000), job(1000)], 2)).toEqual(['0: 0@0', '0: 1@1', '9: 2@0'])
  })
})
