/** The Kubernetes programs that the providers kwok and kubelet run: built once by deploy/kube-binaries, kept in a cache. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../reports/package-root.ts'
import { FabricdtError } from '../errors.ts'
import { isProgram } from './processes.ts'

/** As deploy/kube-binaries builds it. */
const kubernetesVersion = 'v1.34.4'

export type Binary =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubelet'
  | 'kwok'
  | 'kwokctl'
  | 'metrics-server'

/** $FABRICDT_KUBE_BIN, or fabricdt/kube-<version> below $XDG_CACHE_HOME (by default ~/.cache). */
export function binaryFolder(): string {
  const { FABRICDT_KUBE_BIN, XDG_CACHE_HOME } = process.env
  if (FABRICDT_KUBE_BIN) return resolve(FABRICDT_KUBE_BIN)
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'fabricdt', `kube-${kubernetesVersion}`)
}

export const binaryPath = (name: Binary): string => join(binaryFolder(), name)

export const hasBinary = (name: Binary): boolean => isProgram(binaryPath(name))

/** The command that builds them all, for a person. */
export const buildCommand = (): string =>
  `${fileURLToPath(new URL('deploy/kube-binaries/build.sh', packageRoot))} ${binaryFolder()}`

/** Paths by name. Throws FabricdtError `provider-missing` that names all that are not there and how to build them. */
export function needBinaries<Name extends Binary>(names: readonly Name[]): Record<Name, string> {
  const missing = names.filter(name => !hasBinary(name))
  if (missing.length > 0)
    throw new FabricdtError('provider-missing', `${missing.join(', ')}: not in ${binaryFolder()}`, {
      hint: `Build them once (Go, about ten minutes): ${buildCommand()}`,
    })
  return Object.fromEntries(names.map(name => [name, binaryPath(name)])) as Record<Name, string>
}
