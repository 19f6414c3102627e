/**
 * A cluster of this machine does not reach another any more: what begins there and goes to the other is dropped on its way
 * (iptables). Answers to the other pass, so that a way can be cut in one direction. What runs goes on; nobody is told.
 */
import { randomBytes } from 'node:crypto'
import { drop, letPass, takesRules, whyNoPackets } from '../packets.ts'
import { chainsOf, reaches, type Way, waysBetween } from '../ways.ts'
import type { Means, Step } from './means.ts'

export const dropPackets: Means = {
  name: 'drop-packets',
  summary: 'packets to the other cluster are dropped (iptables)',
  isUsable: async () => whyNoPackets() === null && (await takesRules()),
  reaches: (from, other, timeoutMs) => reaches(from.handle, other, timeoutMs),
  async steps({ other }, cluster) {
    // Of its own each time: two failures may cut the same way, and end one after the other.
    const chain = `${chainsOf(cluster.handle)}-${randomBytes(4).toString('hex')}`
    const data = { chain, name: `to ${other}`, ways: await waysBetween(cluster, other!) }
    return [{ means: 'drop-packets', cluster: cluster.handle.name, data }]
  },
  async bringAbout(step) {
    const { chain, ways } = read(step)
    await drop(chain, ways)
  },
  takeBack: step => letPass(read(step).chain),
}

const read = ({ data }: Step) => data as { chain: string; ways: Way[] }
