/** What containerd, the network plugins and the kubelet write to folders that they share with others: of one node only. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodePlace } from './place.ts'

/** What the plugins had made, for those that shall undo it: as libcni has it, which containerd gives no other folder. */
const cniResults = '/var/lib/cni/results'

/** Links for those who collect logs. */
const logLinks = '/var/log/containers'

/** After its programs have ended, and before its own folders go, which say what is theirs. */
export async function removeStrays(place: NodePlace): Promise<void> {
  for (const file of [...socketsOf(place), ...resultsOf(place), ...linksOf(place)]) await rm(file, { force: true })
}

/** Of what stood between containerd and its containers; it removes them only where it ends by itself. */
function socketsOf({ run }: NodePlace): string[] {
  const tasks = join(run, 'containerd', 'io.containerd.runtime.v2.task', 'k8s.io')
  return namesIn(tasks)
    .map(id => textOf(join(tasks, id, 'address')))
    .filter(address => address.startsWith('unix:///run/containerd/s/'))
    .map(address => address.trim().slice('unix://'.length))
}

/** They name the network namespace of the pod, which lies in the node's folder. */
const resultsOf = ({ run }: NodePlace): string[] =>
  namesIn(cniResults)
    .map(name => join(cniResults, name))
    .filter(file => textOf(file).includes(`${run}/`))

const linksOf = ({ root }: NodePlace): string[] =>
  namesIn(logLinks)
    .map(name => join(logLinks, name))
    .filter(link => targetOf(link).startsWith(`${root}/`))

const namesIn = (folder: string): string[] => orElse([], () => readdirSync(folder))
const textOf = (file: string): string => orElse('', () => readFileSync(file, 'utf8'))
const targetOf = (link: string): string => orElse('', () => readlinkSync(link))

/** What is not there, or not what it was taken for, is not ours to take away. */
function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
