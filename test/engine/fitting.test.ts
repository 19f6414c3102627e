import { describe, expect, it } from 'vitest'
import { Bounds } from '../../engine/bounds.ts'
import { Fitting } from '../../engine/fitting.ts'
import type { Model } from '../../engine/model.ts'
import { Random } from '../../engine/random.ts'
import { layOutTrees } from '../../engine/trees.ts'

const counts = [5, 1, 40]
const nodeGroup = Int32Array.from(counts.flatMap((count, g) => Array<number>(count).fill(g)))
const classes = {
  count: 32,
  cpuMilli: Int32Array.from({ length: 32 }, (_, c) => 500 * (c % 7)),
  memoryBytes: Float64Array.from({ length: 32 }, (_, c) => 1e9 * (c % 5)),
  gpuMilli: Int32Array.from({ length: 32 }, (_, c) => 1000 * (c % 3)),
}
const groups = { count: 3, nodeStart: Int32Array.of(0, 5, 6, 46), gpuMilli: Int32Array.of(2000, 0, 2000) }
const model = { classes, groups, nodeGroup } as unknown as Model

describe('the first node that fits', () => {
  it('is found by bits, by bounds and by looking at each alike', () => {
    const nodes = nodeGroup.length
    const free = {
      freeCpu: new Int32Array(nodes),
      freeMemory: new Float64Array(nodes),
      freeGpu: new Int32Array(nodes),
      ready: new Uint8Array(nodes).fill(1),
      neighbours: null,
    }
    const trees = layOutTrees(model)
    const fitting = new Fitting(model, free, trees)
    const bounds = new Bounds(free, trees, true)
    const random = new Random(3, 0)
    random.select(1, 0, 0, 0)
    const below = (count: number): number => Math.floor(random.uniform() * count)
    for (let step = 0; step < 4000; step++) {
      const node = below(nodes)
      free.freeCpu[node] = 500 * (below(8) - 1)
      free.freeMemory[node] = 1e9 * below(6)
      free.freeGpu[node] = 1000 * below(3)
      free.ready[node] = below(5) > 0 ? 1 : 0
      fitting.update(node)
      bounds.update(node)
      const [group, stageClass, from] = [below(3), below(32), below(3) === 0 ? below(nodes) : 0]
      const [cpu, memory, gpu] = [
        classes.cpuMilli[stageClass],
        classes.memoryBytes[stageClass],
        classes.gpuMilli[stageClass],
      ]
      let expected = Math.max(from, groups.nodeStart[group])
      const end = groups.nodeStart[group + 1]
      const fits = (n: number) =>
        free.ready[n] === 1 && free.freeCpu[n] >= cpu && free.freeMemory[n] >= memory && free.freeGpu[n] >= gpu
      while (expected < end && !fits(expected)) expected++
      if (expected >= end) expected = -1
      expect(fitting.first(group, stageClass, from)).toBe(expected)
      expect(bounds.first(group, { cpu, memory, gpu, stageClass, neighbours: null }, from)).toBe(expected)
    }
  })
})
