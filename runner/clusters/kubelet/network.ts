/** The network of a node: a bridge with a subnet of its own. */
import { createHash } from 'node:crypto'
import { FabricdtError } from '../../errors.ts'
import { runProgram } from '../processes.ts'

const timeoutMs = 10_000

const subnets = 254

/**
 * Makes the bridge with the first address of a /24 of 10.208.0.0/16 that nobody uses, and returns that. Which is tried first
 * goes by the bridge's name: of two that are made at the same moment neither takes the other's.
 */
export async function makeBridge(bridge: string): Promise<{ address: string; subnet: string }> {
  // Node's own list leaves out bridges that nothing is plugged into.
  const used = await runProgram('ip', ['-oneline', '-4', 'address', 'show'], { timeoutMs })
  const first = createHash('sha256').update(bridge).digest().readUInt32LE() % subnets
  const third = Array.from({ length: subnets }, (_, i) => 1 + ((first + i) % subnets)).find(
    i => !used.includes(` 10.208.${i}.1/`),
  )
  if (third === undefined) throw new FabricdtError('cluster-failed', 'no subnet of 10.208.0.0/16 is free')
  const address = `10.208.${third}.1`
  await runProgram('ip', ['link', 'add', bridge, 'type', 'bridge'], { timeoutMs })
  await runProgram('ip', ['address', 'add', `${address}/24`, 'dev', bridge], { timeoutMs })
  await runProgram('ip', ['link', 'set', bridge, 'up'], { timeoutMs })
  return { address, subnet: `10.208.${third}.0/24` }
}

/** null where there is no such bridge. */
export async function subnetOf(bridge: string): Promise<string | null> {
  const addresses = await runProgram('ip', ['-oneline', '-4', 'address', 'show'], { timeoutMs })
  return new RegExp(` ${bridge} +inet (\\d+\\.\\d+\\.\\d+)\\.1/24 `).exec(addresses)?.[1]?.concat('.0/24') ?? null
}

export async function removeBridge(bridge: string): Promise<void> {
  const links = await runProgram('ip', ['-oneline', 'link', 'show', 'type', 'bridge'], { timeoutMs })
  if (links.includes(` ${bridge}:`)) await runProgram('ip', ['link', 'delete', bridge], { timeoutMs })
}
