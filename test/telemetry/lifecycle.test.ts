/** What is kept of pods and nodes, and what a measurement is worth. */
import { describe, expect, it } from 'vitest'
import { Lifecycle } from '../../runner/telemetry/lifecycle.ts'

const pod = { job: 'j', uid: 'u', boundMs: null, beganMs: null, endedMs: null, cpuS: null }

describe('the times of a pod', () => {
  it('are the first of each kind, by receipt and by the cluster, and stay when it goes', () => {
    const lifecycle = new Lifecycle()
    lifecycle.pod('c', { ...pod, phase: 'pending', receiptMs: 100 })
    lifecycle.pod('c', { ...pod, phase: 'running', receiptMs: 200, boundMs: 0, beganMs: 1000 })
    lifecycle.pod('c', { ...pod, phase: 'running', receiptMs: 250, boundMs: 0, beganMs: 1000 })
    lifecycle.pod('c', {
      ...pod,
      phase: 'succeeded',
      receiptMs: 400,
      boundMs: 0,
      beganMs: 1000,
      endedMs: 3000,
      cpuS: 0.5,
    })
    lifecycle.pod('c', { ...pod, phase: 'gone', receiptMs: 500 })
    expect([...lifecycle.pods.values()]).toEqual([
      {
        ...{ cluster: 'c', job: 'j', uid: 'u', phase: 'gone', boundMs: 0, beganMs: 1000, endedMs: 3000, cpuS: 0.5 },
        receipt: { firstMs: 100, beganMs: 200, endedMs: 400 },
      },
    ])
  })

  it('of one that was never seen running, its end is its begin', () => {
    const lifecycle = new Lifecycle()
    lifecycle.pod('c', { ...pod, phase: 'succeeded', receiptMs: 400 })
    expect([...lifecycle.pods.values()][0].receipt).toEqual({ firstMs: 400, beganMs: 400, endedMs: 400 })
  })
})

it('a node is kept when it becomes ready or not, not each time that it says so', () => {
  const lifecycle = new Lifecycle()
  const at = (receiptMs: number, ready: boolean, node = 'n') =>
    lifecycle.node({ cluster: 'c', node, ready, changedMs: null, receiptMs })
  at(1, true)
  at(2, true)
  at(3, true, 'm')
  at(4, false)
  at(5, false)
  at(6, true)
  expect(lifecycle.nodes.map(({ receiptMs }) => receiptMs)).toEqual([1, 3, 4, 6])
})

describe('skew', () => {
  it('is nothing where whole seconds explain what was told', () => {
    const lifecycle = new Lifecycle()
    lifecycle.answered('c', 5000, 5990, 6010)
    lifecycle.answered('c', 5000, 5010, 5020)
    expect(lifecycle.skewMs).toBe(0)
  })

  it('is at least what no rounding explains, the worst of all clusters, whichever way', () => {
    const lifecycle = new Lifecycle()
    lifecycle.answered('fast', 8000, 7000, 7100)
    lifecycle.answered('slow', 5000, 9500, 9600)
    expect(lifecycle.skewMs).toBe(3500)
    expect(new Lifecycle().skewMs).toBe(0)
  })
})

describe('the lag of the watch', () => {
  it('is what 95 of 100 changes took at most; what came before the answer took nothing', () => {
    const lifecycle = new Lifecycle()
    expect(lifecycle.watchLagMs).toBe(0)
    for (let i = 0; i < 100; i++) lifecycle.lagged(i - 1)
    expect(lifecycle.watchLagMs).toBe(93)
  })
})
