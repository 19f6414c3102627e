/** Providers whose nodes are containers of a Docker engine. */
import { createHash } from 'node:crypto'
import { connect } from './client.ts'
import { programFinding } from './control-plane.ts'
import type { PlannedCluster } from './fabric-plan.ts'
import { inotify } from './inotify.ts'
import { countGpus, waitForNodes } from './nodes.ts'
import { runProgram } from './processes.ts'
import type { Finding } from './provider.ts'
import { type ClusterHandle, stateHome } from './state.ts'

/**
 * What a cluster of ours is called there: k3d allows 32 characters. Part of it is a hash of the state folder and the fabric,
 * so that it is nobody else's.
 */
export function dockerName(fabric: string, cluster: string): string {
  const hash = createHash('sha256').update(`${stateHome()}/${fabric}/${cluster}`).digest('hex').slice(0, 8)
  return `fdt-${hash}-${cluster.slice(0, 18)}`.replace(/-+$/, '')
}

/**
 * Kubelets renew their leases every ten seconds: Kubernetes counts from the last, five seconds before the failure in the
 * mean, and looks every second. Less than two renewals would make busy nodes look dead.
 */
export const graceSecondsOf = (detectionS: number): number => Math.max(20, Math.round(detectionS + 4.5))

/** Has the nodes, when they are there, count the GPUs of the plan. Throws FabricdtError `cluster-failed`. */
export async function finishNodes(
  handle: ClusterHandle,
  planned: PlannedCluster,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (planned.scaled.gpuMilli === 0) return
  const names = Object.values(handle.nodeNames ?? {})
  const cluster = await connect(handle)
  try {
    await waitForNodes(names, cluster, { withinMs: 120_000, signal })
    await countGpus(names, planned, cluster)
  } finally {
    cluster.close()
  }
}

/** Whether the program, and an engine that it can use, are here. */
export async function dockerFindings(program: string, hint: string): Promise<Finding[]> {
  return [programFinding(program, hint), await engine(), inotify()]
}

async function engine(): Promise<Finding> {
  const what = 'a Docker engine'
  try {
    const version = await runProgram('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: 10_000 })
    return { ok: true, what, detail: version.trim(), hint: '' }
  } catch (error) {
    return {
      ok: false,
      what,
      detail: lastLine((error as Error).message),
      hint: 'https://docs.docker.com/engine/install/',
    }
  }
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''
