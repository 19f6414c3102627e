/** What pods and nodes say of themselves, read. */
import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { describe, expect, it } from 'vitest'
import { nodeSeen, podSeen } from '../../runner/execute/pod-seen.ts'

const pod = (status: object): V1Pod =>
  ({ metadata: { uid: 'u', labels: { 'batch.kubernetes.io/job-name': 'j' } }, status }) as unknown as V1Pod

const container = (state: object) => ({ containerStatuses: [{ state }] })
const nothing = {
  job: 'j',
  uid: 'u',
  isFault: false,
  receiptMs: 9,
  boundMs: null,
  beganMs: null,
  endedMs: null,
  cpuS: null,
}

describe('a pod', () => {
  it('waits, runs and succeeds at its times', () => {
    const bound = {
      conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-01-01T00:00:01Z' }],
    }
    const at = (second: number) => Date.UTC(2026, 0, 1, 0, 0, second)
    expect(podSeen(pod({ phase: 'Pending' }), 9, false)).toEqual({ ...nothing, phase: 'pending' })
    const running = { phase: 'Running', ...bound, ...container({ running: { startedAt: '2026-01-01T00:00:02Z' } }) }
    expect(podSeen(pod(running), 9, false)).toEqual({ ...nothing, phase: 'running', boundMs: at(1), beganMs: at(2) })
    const message = '{"cpuSeconds":0.25}'
    const terminated = { startedAt: '2026-01-01T00:00:02Z', finishedAt: '2026-01-01T00:00:05Z', message }
    const succeeded = { phase: 'Succeeded', ...bound, ...container({ terminated }) }
    const all = { boundMs: at(1), beganMs: at(2), endedMs: at(5), cpuS: 0.25 }
    expect(podSeen(pod(succeeded), 9, false)).toEqual({ ...nothing, phase: 'succeeded', ...all })
  })

  it('that is deleted is gone, unless it had ended', () => {
    const phases = ['Pending', 'Running', 'Succeeded', 'Failed'].map(phase => podSeen(pod({ phase }), 9, true)?.phase)
    expect(phases).toEqual(['gone', 'gone', 'succeeded', 'failed'])
  })

  it('fails by its own fault, unless something was done to it', () => {
    const disrupted = { conditions: [{ type: 'DisruptionTarget', status: 'True' }] }
    const faults = [{}, { reason: 'Evicted' }, disrupted].map(
      more => podSeen(pod({ phase: 'Failed', ...more }), 9, false)?.isFault,
    )
    expect(faults).toEqual([true, false, false])
  })

  it('of no Job is not ours', () => {
    expect(podSeen({ metadata: { uid: 'u' } } as V1Pod, 9, false)).toBeNull()
  })
})

it('a node is ready if it says so and is there', () => {
  const node = {
    metadata: { name: 'n' },
    status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:01Z' }] },
  } as unknown as V1Node
  const changedMs = Date.UTC(2026, 0, 1, 0, 0, 1)
  expect(nodeSeen(node, 9, false)).toEqual({ node: 'n', ready: true, receiptMs: 9, changedMs })
  expect(nodeSeen(node, 9, true)).toEqual({ node: 'n', ready: false, receiptMs: 9, changedMs: null })
})
