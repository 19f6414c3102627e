import { expect, it } from 'vitest'
import { Lifecycle } from '../../runner/telemetry/lifecycle.ts'
import { nodesCsv, podsCsv } from '../../runner/telemetry/lifecycle-csv.ts'

it('pods and nodes are rows, with the times of both clocks; what is not known is empty', () => {
  const lifecycle = new Lifecycle()
  const pod = { job: 'j', uid: 'u', boundMs: 1000, beganMs: 2000, endedMs: null, cpuS: null }
  lifecycle.pod('c', { ...pod, phase: 'running', receiptMs: 2345 })
  lifecycle.node({ cluster: 'c', node: 'n', ready: false, changedMs: 3000, receiptMs: 3456 })
  const runs = [{ policy: 'a, b', lifecycle }]
  expect([...podsCsv(runs)].join('')).toBe(
    `policy,cluster,job,uid,phase,bound_ms,began_ms,ended_ms,heard_first_ms,heard_began_ms,heard_ended_ms,core_s
"a, b",c,j,u,running,1000,2000,,2345,2345,,
`,
  )
  expect([...nodesCsv(runs)].join('')).toBe(`policy,cluster,node,ready,changed_ms,heard_ms
"a, b",c,n,false,3000,3456
`)
})
