import { describe, expect, it } from 'vitest'
import type { Classes, Groups } from '../../engine/model.ts'
import { buildOf, ClassBuilder, type Hosts } from '../../runner/compile/classes.ts'
import { buildModel } from '../reference/build-model.ts'

/** Clusters of one node each: an architecture, what it can run, its speed. */
function hosts(list: readonly { arm?: boolean; formats: string[]; speed: number }[]): Hosts {
  const clusters = list.map(({ speed }, i) => ({ name: `c${i}`, groups: [{ nodes: 1, cpuMilli: 4000, speed }] }))
  const groups: Groups = buildModel({ clusters, workloads: [] }).groups
  return {
    groups,
    archMask: list.map(({ arm }) => (arm === true ? 0b10 : 0b01)),
    formats: list.map(({ formats }) => formats),
    modes: { wasm: 1.5, emulated: 8 },
  }
}

const one = { tasks: 1, cpuMilli: 1000, useMilli: 1000, memoryBytes: 0, gpuMilli: 0 }

/** Factors by group of a class, then of the classes that it falls back to. */
function fallbacks({ strictTwin, factor, count }: Classes, stageClass: number): number[][] {
  const row = Array.from(factor.slice((stageClass * factor.length) / count, ((stageClass + 1) * factor.length) / count))
  return strictTwin[stageClass] === stageClass
    ? [row]
    : [row, ...fallbacks({ strictTwin, factor, count } as Classes, strictTwin[stageClass])]
}

describe('ways to run that are slower than native', () => {
  const all = ['native', 'wasm', 'emulated']

  it('take the least factor of what both sides have', () => {
    const builder = new ClassBuilder()
    const builds = [buildOf(['amd64'], ['native']), buildOf(['amd64'], ['native', 'wasm']), buildOf([], ['wasm'])]
    const classes = builds.map(build => builder.add({ ...one, build }))
    const table = builder.finish(
      hosts([
        { formats: ['native'], speed: 1 },
        { arm: true, formats: all, speed: 1 },
        { arm: true, formats: ['native', 'emulated'], speed: 1 },
      ]),
    )
    expect(classes.map(stageClass => fallbacks(table, stageClass)[0])).toEqual([
      [1, 8, 8],
      [1, 1.5, 8],
      [0, 1.5, 0],
    ])
  })

  it('fall away one by one, the longest first, down to those that do not slow it down', () => {
    const builder = new ClassBuilder()
    builder.add({ ...one, build: buildOf(['amd64'], ['native', 'wasm']) })
    const table = builder.finish(
      hosts([
        { arm: true, formats: ['wasm'], speed: 1 },
        { formats: ['native'], speed: 1 },
        { arm: true, formats: ['emulated'], speed: 16 },
        { arm: true, formats: ['wasm'], speed: 3 },
      ]),
    )
    // 1.5, 0.5 and 0.5 s for a second of work.
    expect(fallbacks(table, 0)).toEqual([
      [1.5, 1, 8, 1.5],
      [0, 1, 8, 1.5],
      [0, 1, 0, 0],
    ])
  })

  it('stay where there is no other', () => {
    const builder = new ClassBuilder()
    builder.add({ ...one, build: buildOf([], ['wasm']) })
    expect(
      fallbacks(
        builder.finish(
          hosts([
            { formats: all, speed: 1 },
            { formats: all, speed: 2 },
          ]),
        ),
        0,
      ),
    ).toEqual([[1.5, 1.5]])
  })
})
