/** Packets on this machine: a chain of rules that drop some of them, apart from everybody else's (iptables). */
import { programPath, runProgram } from './processes.ts'
import type { Way } from './ways.ts'

/** Before anything else is decided about a packet, but where connections are known already. */
const table = 'mangle'
const timeoutMs = 10_000

/** Why none can be dropped; null where they can. */
export function whyNoPackets(): string | null {
  if (programPath('iptables-restore') === null) return 'not on the PATH'
  return process.getuid?.() === 0 ? null : 'only root may use it'
}

/** Whether the kernel takes rules. */
export const takesRules = (): Promise<boolean> =>
  lines().then(
    () => true,
    () => false,
  )

/** What begins at one end of the ways and goes to the other is dropped; answers are not. Throws FabricdtError `cluster-failed`. */
export async function drop(chain: string, ways: readonly Way[]): Promise<void> {
  await restore([`:${chain} - [0:0]`, ...ways.map(way => ruleOf(chain, way)), `-I PREROUTING 1 -j ${chain}`])
}

/** Takes all chains away whose names begin so; nothing happens where there are none. Throws FabricdtError `cluster-failed`. */
export async function letPass(begin: string): Promise<void> {
  const here = await lines()
  const jumps = here.filter(line => line.startsWith(`-A PREROUTING -j ${begin}`))
  const chains = here.filter(line => line.startsWith(`-N ${begin}`)).map(line => line.slice('-N '.length))
  if (chains.length === 0) return
  const removed = chains.flatMap(chain => [`-F ${chain}`, `-X ${chain}`])
  await restore([...jumps.map(jump => jump.replace('-A', '-D')), ...removed])
}

const ruleOf = (chain: string, { from, to, port }: Way): string => {
  const only = port === undefined ? '' : ` -p tcp --dport ${port}`
  return `-A ${chain} -s ${from} -d ${to}${only} -m conntrack --ctdir ORIGINAL -j DROP`
}

const lines = async (): Promise<string[]> =>
  (await runProgram('iptables', ['-w', '5', '-t', table, '-S'], { timeoutMs })).split('\n')

/** All of it or nothing. */
const restore = (commands: readonly string[]): Promise<string> =>
  runProgram('iptables-restore', ['-w', '5', '--noflush'], {
    timeoutMs,
    input: [`*${table}`, ...commands, 'COMMIT', ''].join('\n'),
  })
