/** Nodes that are containers of a Docker engine are slow: the engine gives them only a part of the CPU that it has. */
import { runProgram } from '../processes.ts'
import type { Means } from './means.ts'

const periodUs = 100_000

export const dockerCpus: Means = {
  name: 'docker-cpus',
  summary: 'the containers that are the nodes get only a part of their CPU',
  async steps({ nodes, factor = 1 }, { handle: { name: cluster } }) {
    const wholeUs = Number(await docker('info', '--format', '{{.NCPU}}')) * periodUs
    return nodes.map(node => ({ means: 'docker-cpus', cluster, data: { node, quotaUs: Math.round(wholeUs * factor) } }))
  },
  bringAbout: ({ data }) => setQuota(String(data.node), Number(data.quotaUs)),
  async takeBack({ data }) {
    const node = String(data.node)
    const there = await docker('ps', '--all', '--filter', `name=^${node}$`, '--format', '{{.Names}}')
    // Nodes of ours are made without a limit; 0 would say: as it is.
    if (there === node) await setQuota(node, -1)
  },
}

async function setQuota(node: string, quotaUs: number): Promise<void> {
  await docker('update', '--cpu-period', String(periodUs), '--cpu-quota', String(quotaUs), node)
}

const docker = async (...args: string[]): Promise<string> =>
  (await runProgram('docker', args, { timeoutMs: 30_000 })).trim()
