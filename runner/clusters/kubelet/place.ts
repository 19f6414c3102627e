/** Where a node with a kubelet of its own lies on this machine: everything by a name that is nobody else's. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { clusterFolder, stateHome } from '../state.ts'

export interface NodePlace {
  readonly name: string
  /** Folder of its configuration, images and logs. */
  readonly root: string
  /** Folder of its sockets and mounts: paths of sockets must be short. */
  readonly run: string
  readonly bridge: string
  /** Below each controller of /sys/fs/cgroup. */
  readonly cgroup: string
}

export function placeOf(fabric: string, cluster: string, node: string): NodePlace {
  const id = createHash('sha256').update([stateHome(), fabric, cluster, node].join('\n')).digest('hex').slice(0, 8)
  return {
    name: node,
    root: join(clusterFolder(fabric, cluster), 'nodes', node),
    run: `/run/fdt-${id}`,
    bridge: `fdt${id}`,
    cgroup: `/fdt-${id}`,
  }
}
