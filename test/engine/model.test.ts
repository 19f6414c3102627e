import { describe, expect, it } from 'vitest'
import { nodeName, shareModel } from '../../engine/model.ts'
import { buildModel } from '../reference/build-model.ts'
import { randomModelSpec } from '../reference/random-model.ts'
import { run, tinyModel } from '../reference/tiny-model.ts'

describe('shareModel', () => {
  const model = buildModel(randomModelSpec(3))
  const shared = shareModel(model)

  it('is the same model', () => {
    expect(shared).toEqual(model)
    expect(run(shared)).toEqual(run(model))
  })

  it('has every column in one shared buffer', () => {
    const buffers = new Set<unknown>()
    const walk = (value: unknown): void => {
      if (ArrayBuffer.isView(value)) buffers.add(value.buffer)
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
    }
    walk(shared)
    expect(buffers.size).toBe(1)
    expect([...buffers][0]).toBeInstanceOf(SharedArrayBuffer)
  })
})

describe('nodeName', () => {
  it('counts from 01 in each cluster', () => {
    const clusters = ['a', 'b'].map(name => ({ name, groups: [{ nodes: 120, cpuMilli: 1000 }] }))
    const model = tinyModel({ clusters, workloads: [] })
    expect([0, 98, 119, 120].map(node => nodeName(model, node))).toEqual(['a-01', 'a-99', 'a-120', 'b-01'])
  })
})
