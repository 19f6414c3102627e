/** Fabrics of real clusters for tests: a state folder of the test's own, taken down in any case. */
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FabricPlan } from '../../runner/clusters/fabric-plan.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { down } from '../../runner/clusters/fabrics.ts'
import { hasCgroups1 } from '../../runner/clusters/kubelet/cgroups.ts'
import type { Finding, Provider } from '../../runner/clusters/provider.ts'
import { readFabrics } from '../../runner/clusters/state.ts'
import { loadScenario } from '../../runner/scenario/load.ts'

/** Two clusters of a zone each; failures are noticed after six seconds. */
const scenario = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: NAME }
spec:
  scaling: 1:10
  fabric:
    pools: { small: { cpu: 4, memory: 8Gi, gpu: 1, detection: 6s, power: { idle: 10W, busy: 20W } } }
    clusters:
      - { name: east, pool: small, zone: eu-1, region: NL, nodes: 3, arch: arm64 }
      - { name: west, pool: small, zone: eu-2, region: DE, nodes: 2, nodePrefix: edge-node }
  workloads:
    - { name: jobs, origin: { cluster: west }, arrivals: { rate: 1/s, maxJobs: 5 }, job: { stages: [{ duration: 2s }] } }
  policies: [fcfs]
`

/** A fresh state folder in the environment; what it held is put back, and all fabrics in it are taken down, by `end`. */
export function beginState(): { folder: string; end: () => Promise<void> } {
  const before = process.env.FABRICDT_STATE
  const folder = mkdtempSync(join(tmpdir(), 'fabricdt-clusters-'))
  process.env.FABRICDT_STATE = folder
  return {
    folder,
    async end() {
      for (const state of readFabrics()) await down(state, { say: () => {} })
      if (before === undefined) delete process.env.FABRICDT_STATE
      else process.env.FABRICDT_STATE = before
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * What is measured does not wait for whatever else the machine does: this process, and all that it starts from now on, gets
 * CPU first (where there is cgroup v1 to say so), until what is returned is called; what was started must be over then.
 */
export function undisturbed(): () => void {
  if (process.getuid?.() !== 0 || !hasCgroups1()) return () => {}
  const [, path = '/'] = /^\d+:(?:cpu|cpu,.*):(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8')) ?? []
  const before = join('/sys/fs/cgroup/cpu', path)
  const first = join(before, `fdt-test-${process.pid}`)
  mkdirSync(first)
  writeFileSync(join(first, 'cpu.shares'), '65536')
  writeFileSync(join(first, 'cgroup.procs'), String(process.pid))
  return () => {
    writeFileSync(join(before, 'cgroup.procs'), String(process.pid))
    rmdirSync(first)
  }
}

export function scenarioFile(folder: string, name: string): string {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(file, scenario.replace('NAME', name))
  return file
}

export const smallPlan = async (folder: string, name: string): Promise<FabricPlan> =>
  planFabric((await loadScenario(scenarioFile(folder, name))).scenario)

/** Of tests that take many minutes: CI has forty in all. */
export const whyNotLong: string | null =
  process.env.FABRICDT_LONG === '1' ? null : 'takes many minutes: set FABRICDT_LONG=1 to run it'

/** Why the provider cannot be used here, to be printed; null where it can. */
export async function whyNot(provider: Provider): Promise<string | null> {
  const missing: Finding[] = (await provider.doctor()).filter(({ ok }) => !ok)
  if (missing.length === 0) return null
  return `${provider.name}: ${missing[0].what} ${missing[0].detail}; ${missing[0].hint}`
}
