/** Crowded and slow nodes, in worlds small enough to know what must happen. */
import { describe, expect, it } from 'vitest'
import type { RequestSpec, TraceJobSpec } from './model-spec.ts'
import { logLines, run, tinyModel } from './tiny-model.ts'

const job = (submitS: number, runS: number, request: RequestSpec = {}): TraceJobSpec => ({ submitS, runS, request })
const traceOf = (...trace: TraceJobSpec[]) => [{ name: 'w', trace }]
/** One core, of which two may be requested. */
const node = { cpuMilli: 2000, coreMilli: 1000 }
const ends = (lines: string[]) => lines.filter(line => / (lost|finish|fault) /.test(line))

describe('a crowded node', () => {
  it('gives each what it has, from when one joins to when one ends', () => {
    const model = tinyModel({ node, workloads: traceOf(job(0, 4), job(2, 4)) })
    // The first has 2 s left at 2, which take 4 s; the second has done 2 s by then and is alone.
    expect(logLines(model)).toEqual([
      '0 submit 0/0',
      '0 place 0/0#0@0',
      '0 begin 0/0#0@0',
      '2 submit 0/1',
      '2 place 0/1#0@0',
      '2 begin 0/1#0@0',
      '6 finish 0/0#0@0',
      '6 complete 0/0',
      '8 finish 0/1#0@0',
      '8 complete 0/1',
    ])
    const { clusters } = run(model)
    expect([clusters.busyCoreS[0], clusters.upCoreS[0]]).toEqual([8, 8])
  })

  it('ends equals together, in order', () => {
    const model = tinyModel({ node, workloads: traceOf(job(0, 4), job(0, 4)) })
    expect(logLines(model).slice(6)).toEqual([
      '8 finish 0/0#0@0',
      '8 complete 0/0',
      '8 finish 0/1#0@0',
      '8 complete 0/1',
    ])
  })

  it('may be so by tasks that use more than they request', () => {
    const greedy = { cpuMilli: 500, useMilli: 1000 }
    expect(ends(logLines(tinyModel({ workloads: traceOf(job(0, 4, greedy), job(2, 4, greedy)) })))).toEqual([
      '6 finish 0/0#0@0',
      '8 finish 0/1#0@0',
    ])
  })

  it('is not crowded by tasks that use less than they request', () => {
    const modest = { cpuMilli: 1000, useMilli: 250 }
    const model = tinyModel({ node, workloads: traceOf(job(0, 4, modest), job(0, 4, modest), job(0, 4, modest)) })
    expect(ends(logLines(model))).toEqual(['4 finish 0/0#0@0', '4 finish 0/1#0@0', '8 finish 0/2#0@0'])
    expect(run(model).clusters.busyCoreS[0]).toBe(3)
  })

  it('holds up a gang; where its tasks are over they use nothing and keep their place', () => {
    const all = { cpuMilli: 2000, useMilli: 1000 }
    const model = tinyModel({ nodes: 2, node, workloads: traceOf(job(0, 10), job(0, 4, { tasks: 2 }), job(5, 1, all)) })
    expect(logLines(model)).toEqual([
      '0 submit 0/0',
      '0 submit 0/1',
      '0 place 0/0#0@0',
      '0 begin 0/0#0@0',
      '0 place 0/1#0@0',
      '0 begin 0/1#0@0',
      '5 submit 0/2',
      '8 finish 0/1#0@0',
      '8 complete 0/1',
      '8 place 0/2#0@1',
      '8 begin 0/2#0@1',
      '9 finish 0/2#0@1',
      '9 complete 0/2',
      '14 finish 0/0#0@0',
      '14 complete 0/0',
    ])
    expect(run(model).clusters.busyCoreS[0]).toBe(14 + 4 + 1)
  })

  it('stays so by what is lost until that is removed', () => {
    const model = tinyModel({
      nodes: 2,
      node,
      cluster: { detectionS: 4 },
      failures: [{ atS: 2, victims: [{ cluster: 'c', node: 1 }] }],
      workloads: traceOf(job(0, 10), job(0, 8, { tasks: 2 })),
    })
    // Half of a core up to 6, 7 s alone; then two tasks on one core.
    expect(logLines(model).slice(6)).toEqual([
      '2 node-down@1',
      '2 lost 0/1#0@0',
      '6 node-detected@1',
      '6 remove 0/1#0@0',
      '6 requeue 0/1',
      '13 finish 0/0#0@0',
      '13 complete 0/0',
      '13 place 0/1#1@0',
      '13 begin 0/1#1@0',
      '29 finish 0/1#1@0',
      '29 complete 0/1',
    ])
    expect(run(model).wastedCoreS).toBe(6 / 2 + 2)
  })

  it('writes checkpoints as late as it does the work', () => {
    const model = tinyModel({
      node,
      failures: [{ atS: 10, forS: 1, victims: [{ cluster: 'c', node: 0 }] }],
      workloads: [{ name: 'w', trace: [job(0, 10), job(0, 10)], checkpoint: { everyS: 2, costS: 0, store: 'remote' } }],
    })
    // 5 s of work each at 10, of which 4 s are saved.
    expect(ends(logLines(model))).toEqual([
      '10 lost 0/0#0@0',
      '10 lost 0/1#0@0',
      '23 finish 0/0#1@0',
      '23 finish 0/1#1@0',
    ])
    expect(run(model).wastedCoreS).toBe(2)
  })
})

describe('a slow node', () => {
  const slow = (atS: number, forS: number, factor = 0.5) => ({
    atS,
    forS,
    victims: [{ cluster: 'c', node: 0 }],
    slow: factor,
  })
  const endOf = (...failures: ReturnType<typeof slow>[]) => {
    const model = tinyModel({ failures, workloads: traceOf(job(0, 6)) })
    expect(run(model).clusters.busyCoreS[0]).toBe(run(model).endS)
    return ends(logLines(model))
  }

  it('gets on as slowly as it is, while it is', () => {
    expect(endOf(slow(2, 4))).toEqual(['8 finish 0/0#0@0'])
    expect(endOf(slow(2, Infinity))).toEqual(['10 finish 0/0#0@0'])
    expect(endOf(slow(6, 4))).toEqual(['6 finish 0/0#0@0'])
  })

  it('is the slower the more slow it down', () => {
    // 2 s, 1 s by 4, half a second by 6, and 2.5 s left.
    expect(endOf(slow(2, 4), slow(4, 2))).toEqual(['8.5 finish 0/0#0@0'])
  })

  it('stays slow through a failure', () => {
    const blackout = { atS: 3, forS: 1, victims: [{ cluster: 'c', node: 0 }] }
    const model = tinyModel({ failures: [slow(2, 8), blackout], workloads: traceOf(job(0, 6)) })
    // Begins anew at 4, has done 3 s at 10.
    expect(ends(logLines(model))).toEqual(['3 lost 0/0#0@0', '13 finish 0/0#1@0'])
  })
})
