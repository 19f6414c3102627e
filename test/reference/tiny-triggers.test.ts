/** Failures that follow from what is observed, in worlds small enough to know what must happen. */
import { describe, expect, it } from 'vitest'
import type { TraceJobSpec, TriggerSpec } from './model-spec.ts'
import { logLines, tinyModel } from './tiny-model.ts'

const job = (submitS: number, runS: number): TraceJobSpec => ({ submitS, runS })
const node = (index: number) => ({ victims: [{ cluster: 'c', node: index }] })
/** While a job is there, node 1 goes down, which nobody uses. */
const busy: TriggerSpec = { metric: 'jobsInSystem', comparator: '>=', value: 1, members: [node(1)] }
const world = (triggers: TriggerSpec[], trace: TraceJobSpec[], nodes = 2) =>
  tinyModel({ nodes, triggers, workloads: [{ name: 'w', trace }] })
const fired = (lines: string[]) => lines.filter(line => / (trigger|node-down|node-up)/.test(line))

describe('a trigger', () => {
  it('fires when its condition has held long enough, and again after its rearming', () => {
    const model = world([{ ...busy, holdS: 2, forS: 3, rearmS: 1 }], [job(1, 13.5)])
    expect(logLines(model)).toEqual([
      '1 submit 0/0',
      '1 place 0/0#0@0',
      '1 begin 0/0#0@0',
      '3 trigger 0',
      '3 node-down@1',
      '3 node-detected@1',
      '6 node-up@1',
      '9 trigger 0',
      '9 node-down@1',
      '9 node-detected@1',
      '12 node-up@1',
      '14.5 finish 0/0#0@0',
      '14.5 complete 0/0',
    ])
  })

  it('that never rearms fires once', () => {
    expect(fired(logLines(world([{ ...busy, holdS: 2, forS: 3 }], [job(1, 13.5)])))).toEqual([
      '3 trigger 0',
      '3 node-down@1',
      '6 node-up@1',
    ])
    expect(fired(logLines(world([busy], [job(1, 13.5)])))).toEqual(['1 trigger 0', '1 node-down@1'])
  })

  it('begins to wait anew when its condition has not held for an instant', () => {
    const trigger = { ...busy, holdS: 5 }
    expect(fired(logLines(world([trigger], [job(0, 3), job(4, 6), job(20, 1)])))).toEqual([
      '9 trigger 0',
      '9 node-down@1',
    ])
    expect(fired(logLines(world([trigger], [job(0, 3), job(4, 4), job(20, 1)])))).toEqual([])
  })

  it('does not notice what is over before the instant is', () => {
    expect(fired(logLines(world([{ ...busy, value: 2 }], [job(0, 2), job(0, 0), job(2, 0)])))).toEqual([])
  })

  it('whose condition always holds fires whenever it is armed, at the end of an instant too', () => {
    const always: TriggerSpec = { ...busy, metric: 'lostAttempts', value: 0, forS: 1, rearmS: 0 }
    expect(logLines(world([always], [job(0, 2)]))).toEqual([
      '0 trigger 0',
      '0 node-down@1',
      '0 node-detected@1',
      '0 submit 0/0',
      '0 place 0/0#0@0',
      '0 begin 0/0#0@0',
      '1 node-up@1',
      '1 trigger 0',
      '1 node-down@1',
      '1 node-detected@1',
      '2 finish 0/0#0@0',
      '2 complete 0/0',
      '2 node-up@1',
      '2 trigger 0',
      '2 node-down@1',
      '2 node-detected@1',
    ])
  })

  it('may set off another, at the same instant', () => {
    const load: TriggerSpec = { metric: 'utilisation', comparator: '>', value: 0.3, members: [node(0)] }
    const losses: TriggerSpec = { metric: 'lostAttempts', comparator: '>=', value: 1, members: [node(1)] }
    expect(logLines(world([load, losses], [job(0, 5)], 3)).slice(3)).toEqual([
      '0 trigger 0',
      '0 node-down@0',
      '0 lost 0/0#0@0',
      '0 node-detected@0',
      '0 remove 0/0#0@0',
      '0 requeue 0/0',
      '0 place 0/0#1@1',
      '0 begin 0/0#1@1',
      '0 trigger 1',
      '0 node-down@1',
      '0 lost 0/0#1@1',
      '0 node-detected@1',
      '0 remove 0/0#1@1',
      '0 requeue 0/0',
      '0 place 0/0#2@2',
      '0 begin 0/0#2@2',
      '5 finish 0/0#2@2',
      '5 complete 0/0',
    ])
  })

  it('sees the nodes that are up, and none where none is', () => {
    const failures = [{ atS: 1, forS: 1, ...node(0) }]
    const victims = [{ cluster: 'c', node: 1 }]
    const seen = (metric: string, comparator: TriggerSpec['comparator'], value: number, nodes: number) =>
      fired(
        logLines(
          tinyModel({
            nodes,
            failures,
            triggers: [{ metric, comparator, value, cluster: 'c', members: [{ victims: nodes > 1 ? victims : [] }] }],
            workloads: [{ name: 'w', trace: [job(5, 1)] }],
          }),
        ),
      ).filter(line => line.includes('trigger'))
    expect(seen('availability', '<', 1, 2)).toEqual(['1 trigger 0'])
    expect(seen('utilisation', '>=', 0.5, 2)).toEqual(['5 trigger 0'])
    expect(seen('availability', '<=', 0, 1)).toEqual(['1 trigger 0'])
    expect(seen('utilisation', '<', 0, 1)).toEqual([])
  })
})

describe('members of a trigger', () => {
  const downs = (trigger: Partial<TriggerSpec>, weights: number[]) => {
    const members = weights.map((weight, i) => ({ weight, ...node(i + 1) }))
    const lines = logLines(world([{ ...busy, ...trigger, members }], [job(0, 20.5)], 1 + weights.length))
    return lines.filter(line => line.includes('node-down'))
  }

  it('are drawn by their weight, each once', () => {
    expect(downs({ picks: 1 }, [0, 1, 0])).toEqual(['0 node-down@2'])
    expect(downs({ picks: 2 }, [1, 0, 1])).toEqual(['0 node-down@1', '0 node-down@3'])
    expect(downs({ picks: 9 }, [1, 1, 0])).toEqual(['0 node-down@1', '0 node-down@2'])
    expect(downs({}, [1, 0])).toEqual(['0 node-down@1', '0 node-down@2'])
  })

  it('are drawn anew each time', () => {
    const lines = downs({ picks: 1, forS: 1, rearmS: 0 }, [1, 3])
    expect(lines).toHaveLength(21)
    const second = lines.filter(line => line.endsWith('@2')).length
    expect(second).toBeGreaterThan(10)
    expect(second).toBeLessThan(21)
  })
})
