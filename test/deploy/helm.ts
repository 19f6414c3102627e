/** The chart as the real helm renders it. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { binaryFolder, buildCommand } from '../../runner/clusters/binaries.ts'
import type { KubeObject } from '../../runner/clusters/paths.ts'

export const deployFolder = fileURLToPath(new URL('../../deploy/', import.meta.url))
export const chart = join(deployFolder, 'helm/fabricdt')

const program = join(binaryFolder(), 'helm')

/** Why the chart cannot be rendered here, to be printed; null where it can. */
export const whyNoHelm = existsSync(program) ? null : `no helm in ${binaryFolder()}; ${buildCommand()}`

/** What helm says on stdout. Throws what it says on stderr. */
export function helm(...args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    throw new Error(String((error as { stderr: string }).stderr))
  }
}

/** The objects of a release `fabricdt` in namespace `fabricdt` with such values (`path=value`). */
export function render(...values: string[]): KubeObject[] {
  const set = values.flatMap(value => ['--set', value])
  return objectsOf(
    helm('template', 'fabricdt', chart, '--namespace', 'fabricdt', '--kube-version', '1.34.4', '--skip-tests', ...set),
  )
}

/** Documents of a YAML stream; throws where it is none, or says something twice. */
export function objectsOf(text: string): KubeObject[] {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) return []
  return documents.flatMap(document => {
    if (document.errors.length > 0) throw document.errors[0]
    const object: unknown = document.toJS()
    return object === null ? [] : [object as KubeObject]
  })
}

/** All that the chart can make. */
export const everything = [
  'clusters.self=west',
  'extender.enabled=true',
  'executor.enabled=true',
  'metrics.serviceMonitor.enabled=true',
  'metrics.dashboard.enabled=true',
]
