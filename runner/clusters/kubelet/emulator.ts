/** Containers of another architecture on nodes of this machine: run by the user mode of QEMU, where that is installed. */
import { existsSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from '../client.ts'
import { programPath } from '../processes.ts'
import type { Finding } from '../provider.ts'
import { readDeploy, writePrivate } from '../templates.ts'
import { buildWorker, foreignArchive } from './images.ts'
import type { NodePlace } from './place.ts'

/** A static one, for containers have nothing else in them. */
const emulator = process.arch === 'arm64' ? 'qemu-x86_64-static' : 'qemu-aarch64-static'
const foreignArch = process.arch === 'arm64' ? 'amd64' : 'arm64'

/** As containerd knows it: see deploy/kubelet/containerd.toml.hbs. */
const handler = 'emulated'

/** What scenarios' emulated stages ask for: see runner/execute/manifests.ts. */
const runtimeClass = 'fabricdt-emulated'

/** Clusters can be made without it: emulated stages run as native ones do then, for as long as the model says. */
export function emulatorFinding(): Finding {
  const path = programPath(emulator)
  if (path === null) {
    const detail = 'not on the PATH: needed to run emulated stages as such'
    return { ok: true, what: emulator, detail, hint: 'apt-get install qemu-user-static' }
  }
  if (emulates()) return { ok: true, what: emulator, detail: path, hint: '' }
  return { ok: true, what: emulator, detail: `no worker for ${foreignArch}`, hint: `build it: ${buildWorker()}` }
}

const emulates = (): boolean => programPath(emulator) !== null && existsSync(foreignArchive(foreignArch))

/** What containerd calls instead of runc; null where there is no emulator. */
export async function writeEmulatedRunc({ root }: NodePlace): Promise<string | null> {
  const path = programPath(emulator)
  if (path === null) return null
  const file = join(root, 'runc-emulated.sh')
  await writePrivate(file, (await readDeploy('kubelet/runc-emulated.sh')).replace('EMULATOR', path))
  await chmod(file, 0o700)
  return file
}

/** Tells the cluster that its nodes can do it, if they can. Throws ApiError. */
export async function applyEmulatedClass(cluster: Cluster): Promise<void> {
  if (!emulates()) return
  const labels = { 'app.kubernetes.io/managed-by': 'fabricdt' }
  const metadata = { name: runtimeClass, labels }
  await cluster.apply({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata, handler }, { withinMs: 20_000 })
}
