/** Images for nodes that pull nothing: built without a daemon, kept in the cache. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../../reports/package-root.ts'
import { workerImage } from '../../execute/worker-image.ts'
import { runProgram } from '../processes.ts'
import type { Finding } from '../provider.ts'
import { readDeploy } from '../templates.ts'

/** Holds a pod's network, and has a shell for tests. */
export const busyboxImage = 'localhost/fabricdt/busybox:1'

/** A static one: nothing else is in the image. */
export const busybox = '/bin/busybox'

/** Archives (docker or OCI) that lie here are brought to every node: what a run's containers are made of. */
const imageFolder = (): string => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'fabricdt', 'images')

/** What containers of a run are made of (deploy/worker), by the name that its build gives it. */
const workerArchive = (): string => join(imageFolder(), 'worker-image.tar')

/** The worker for the other architecture, by the name that its build gives it. */
export const foreignArchive = (arch: string): string => join(imageFolder(), `worker-image-${arch}.tar`)

/** How the worker's images are built. */
export const buildWorker = (): string =>
  `sh ${fileURLToPath(new URL('deploy/worker/build.sh', packageRoot))} ${imageFolder()} ${workerImage()}`

/** Clusters can be made without it, but nothing can be executed on them. */
export function workerFinding(): Finding {
  const isThere = existsSync(workerArchive())
  return {
    ok: true,
    what: 'worker image',
    detail: isThere ? workerArchive() : 'not built: needed to execute',
    hint: isThere ? '' : `build it: ${buildWorker()}`,
  }
}

/** Paths of all archives, ours among them. Throws FabricdtError `cluster-failed` or `provider-missing`. */
export async function imageArchives(): Promise<string[]> {
  await busyboxArchive()
  const names = await readdir(imageFolder())
  return names.filter(name => name.endsWith('.tar')).map(name => join(imageFolder(), name))
}

/** Built where it is not there. */
async function busyboxArchive(): Promise<string> {
  const cache = imageFolder()
  const archive = join(cache, 'busybox-1.tar')
  if (existsSync(archive)) return archive
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(tmpdir(), 'fabricdt-image-'))
  try {
    await copyFile(busybox, join(work, 'busybox'))
    await writeFile(join(work, 'Dockerfile'), await readDeploy('kubelet/Dockerfile'))
    const store = ['--root', join(work, 'root'), '--runroot', join(work, 'run'), '--storage-driver', 'vfs']
    const timeoutMs = 120_000
    await runProgram('buildah', [...store, 'bud', '--isolation', 'chroot', '--tag', busyboxImage, work], { timeoutMs })
    const built = join(work, 'image.tar')
    await runProgram('buildah', [...store, 'push', busyboxImage, `docker-archive:${built}:${busyboxImage}`], {
      timeoutMs,
    })
    // Whole or not at all.
    await writeFile(`${archive}.${process.pid}`, await readFile(built))
    await rename(`${archive}.${process.pid}`, archive)
    return archive
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
