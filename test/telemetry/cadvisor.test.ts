import { describe, expect, it } from 'vitest'
import { nodeCpuOf } from '../../runner/telemetry/cadvisor.ts'

const line = (labels: string, value: string) => `container_cpu_usage_seconds_total{${labels}} ${value}`

describe('what cAdvisor says of all pods of a node', () => {
  it('is the counter of their control group, wherever that is', () => {
    for (const id of ['/kubepods', '/fab1/kubepods', '/kubelet.slice/kubepods.slice']) {
      const text = [
        '# HELP container_cpu_usage_seconds_total Cumulative cpu time consumed in seconds.',
        '# TYPE container_cpu_usage_seconds_total counter',
        line('container="",cpu="total",id="/",image="",name="",namespace="",pod=""', '999 1764064000000'),
        line(`container="",cpu="cpu00",id="${id}",image="",name="",namespace="",pod=""`, '1 1764064000123'),
        line(`container="",cpu="total",id="${id}",image="",name="",namespace="",pod=""`, '12.5 1764064000123'),
        line(`container="",cpu="total",id="${id}/burstable",image="",name="",namespace="",pod=""`, '7 1764064000124'),
      ].join('\n')
      expect(nodeCpuOf(text)).toEqual({ usedS: 12.5, atMs: 1764064000123 })
    }
  })

  it('is nothing where it does not say', () => {
    expect(nodeCpuOf('')).toBeNull()
    expect(nodeCpuOf(line('cpu="total",id="/system.slice"', '1 2'))).toBeNull()
    expect(nodeCpuOf(line('cpu="total",id="/kubepods"', 'NaN'))).toBeNull()
  })
})
