/**
 * What of ours is where: a folder a fabric, below the state folder. It says what is about to be made before it is made,
 * so that whoever comes after a dead runner can take it away.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { replaceFileSync } from '../output/run-folder.ts'
import type { FabricPlan } from './fabric-plan.ts'
import { isAlive, owner } from './owner.ts'

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
  /** Made for one run, by the owner, and to be taken away with it: nobody else may use it. */
  readonly forRun?: true
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
    return JSON.parse(readFileSync(join(fabricFolder(name), stateFile), 'utf8')) as FabricState
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

/** Notes a fabric under a name that nobody has: false where somebody has it. Throws what the file system throws. */
export function claimFabric(state: FabricState): boolean {
  const parent = join(stateHome(), 'fabrics')
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  sweepState()
  // Written aside and renamed: the name is taken and says what it is for, or neither.
  const aside = join(parent, `${claimPrefix}${owner()}`)
  mkdirSync(aside, { mode: 0o700 })
  writeFileSync(join(aside, stateFile), textOf(state))
  try {
    renameSync(aside, fabricFolder(state.name))
    return true
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

/** Takes away what lies aside of runners that were killed between two lines of `claimFabric` or `forgetFabric`. */
export function sweepState(): void {
  const parent = join(stateHome(), 'fabrics')
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    const prefix = [claimPrefix, gonePrefix].find(prefix => name.startsWith(prefix))
    if (prefix !== undefined && !isAlive(name.slice(prefix.length)))
      rmSync(join(parent, name), { recursive: true, force: true })
  }
}

const claimPrefix = '.claim-'
const gonePrefix = '.gone-'

const stateFile = 'fabric.json'

const textOf = (state: FabricState): string => `${JSON.stringify(state, null, 1)}\n`

export function writeFabric(state: FabricState): void {
  replaceFileSync(join(fabricFolder(state.name), stateFile), textOf(state))
}

/** Renamed aside first: a folder without its state would be a name that is taken for ever. */
export function forgetFabric(name: string): void {
  const aside = join(stateHome(), 'fabrics', `${gonePrefix}${owner()}-${name}`)
  renameSync(fabricFolder(name), aside)
  rmSync(aside, { recursive: true, force: true })
}

function folders(parent: string): string[] {
  try {
    return readdirSync(parent)
      .filter(name => !name.startsWith('.'))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
