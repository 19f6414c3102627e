/**
 * What of ours is where: a folder a fabric, below the state folder. It says what is about to be made before it is made,
 * so that whoever comes after a dead runner can take it away.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { replaceFileSync } from '../output/run-folder.ts'
import type { FabricPlan } from './fabric-plan.ts'

/** One cluster that can be talked to. */
export interface ClusterHandle {
  /** The fabric that it is part of. */
  readonly fabric: string
  /** The scenario's name for it. */
  readonly name: string
  /** Name in the table of providers. */
  readonly provider: string
  /** A private file, of this cluster alone; it lies in the cluster's own folder. */
  readonly kubeconfig: string
  readonly context: string
  /** Names of its nodes by the scenario's names; absent where they are the same. */
  readonly nodeNames?: Readonly<Record<string, string>>
}

export interface FabricState {
  readonly version: 1
  readonly name: string
  readonly provider: string
  readonly createdAt: string
  /** Anything but `up` is what a runner was at when it was last seen. */
  readonly phase: 'making' | 'up' | 'taking away'
  /** Who is at it, or was: see `owner`. */
  readonly owner: string
  readonly plan: FabricPlan
  /** What a provider was told, by name of the cluster: contexts of `context`. */
  readonly options: Readonly<Record<string, string>>
  /** Those that are made, in order of the plan. */
  readonly clusters: readonly ClusterHandle[]
}

/** $FABRICDT_STATE, or fabricdt below $XDG_STATE_HOME (by default ~/.local/state). */
export function stateHome(): string {
  const { FABRICDT_STATE, XDG_STATE_HOME } = process.env
  if (FABRICDT_STATE) return resolve(FABRICDT_STATE)
  return join(XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'fabricdt')
}

export const fabricFolder = (fabric: string): string => join(stateHome(), 'fabrics', fabric)

export const clusterFolder = (fabric: string, cluster: string): string =>
  join(fabricFolder(fabric), 'clusters', cluster)

export const kubeconfigOf = (fabric: string, cluster: string): string =>
  join(clusterFolder(fabric, cluster), 'kubeconfig')

/** null where there is no such fabric. Throws what the file system throws, and SyntaxError for what is no state of ours. */
export function readFabric(name: string): FabricState | null {
  try {
    return JSON.parse(readFileSync(join(fabricFolder(name), 'fabric.json'), 'utf8')) as FabricState
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** All fabrics that are or were about to be made, by name. */
export function readFabrics(): FabricState[] {
  return folders(join(stateHome(), 'fabrics'))
    .map(readFabric)
    .filter(state => state !== null)
}

/** Takes the name: false where it is taken already. Throws what the file system throws. */
export function claimFabric(name: string): boolean {
  mkdirSync(join(stateHome(), 'fabrics'), { recursive: true, mode: 0o700 })
  try {
    mkdirSync(fabricFolder(name), { mode: 0o700 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

export function writeFabric(state: FabricState): void {
  replaceFileSync(join(fabricFolder(state.name), 'fabric.json'), `${JSON.stringify(state, null, 1)}\n`)
}

export function forgetFabric(name: string): void {
  rmSync(fabricFolder(name), { recursive: true, force: true })
}

function folders(parent: string): string[] {
  try {
    return readdirSync(parent).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
