/** A calibration: what was measured of pools and clusters, written by `fabricdt-run calibrate`, read like a preset. */
import { readFileSync } from 'node:fs'
import type { Diagnostic, ErrorCode } from '../errors.ts'
import { type Path, ScenarioDocument } from './document.ts'
import { Problems, pathText } from './problems.ts'
import { suggest } from './suggest.ts'

/** A figure with its 95 % interval, and how many attempts (or, of watts, runs) it rests on. */
export interface Fitted {
  value: number
  low: number
  high: number
  n: number
}

/** Seconds of start-up, watts of a node. */
export interface NodeFit {
  speed?: Fitted
  startupS?: Fitted
  /** Seconds of the start-up that are seen as part of the run: a cluster tells of an end when it looks. */
  lateS?: Fitted
  idleW?: Fitted
  busyW?: Fitted
}

export interface Calibration {
  name: string
  /** One sentence: what was fitted on how much. */
  source: string
  pools: Record<string, NodeFit>
  clusters: Record<string, NodeFit>
  modes: { wasm?: Fitted; emulated?: Fitted }
  noise: { runTime: number; startUp: number }
}

const nodeFields = ['speed', 'startupS', 'lateS', 'idleW', 'busyW']

/** Reads a file that exists. Problems carry their line in it; what is wrong is left out. Throws the system's error. */
export function readCalibrationFile(file: string, name: string): { calibration: Calibration; problems: Diagnostic[] } {
  const document = new ScenarioDocument(name, readFileSync(file, 'utf8'))
  const problems = new Problems(document)
  for (const problem of document.problems) problems.put(problem)
  const read = new Reader(problems)
  const root = problems.hasErrors ? {} : read.mapping(document.value(), [], ['apiVersion', 'kind', 'metadata', 'spec'])
  if (!problems.hasErrors && (root.apiVersion !== 'fabricdt.io/v1alpha1' || root.kind !== 'Calibration'))
    problems.add('wrong-type', [], 'the file is no calibration', {
      hint: 'A calibration begins with `apiVersion: fabricdt.io/v1alpha1` and `kind: Calibration`.',
    })
  const metadata = read.mapping(root.metadata, ['metadata'], ['name', 'description'])
  const spec = read.mapping(root.spec, ['spec'], ['pools', 'clusters', 'modes', 'noise'])
  const noise = read.mapping(spec.noise, ['spec', 'noise'], ['runTime', 'startUp'])
  const fits = (field: 'pools' | 'clusters') => read.each(spec[field], ['spec', field], nodeFields)
  return {
    calibration: {
      name: String(metadata.name ?? name),
      source: String(metadata.description ?? ''),
      pools: fits('pools'),
      clusters: fits('clusters'),
      modes: read.fits(spec.modes, ['spec', 'modes'], ['wasm', 'emulated']),
      noise: {
        runTime: read.number(noise.runTime, ['spec', 'noise', 'runTime']) ?? 0,
        startUp: read.number(noise.startUp, ['spec', 'noise', 'startUp']) ?? 0,
      },
    },
    problems: problems.all,
  }
}

class Reader {
  private readonly problems: Problems

  constructor(problems: Problems) {
    this.problems = problems
  }

  /** A mapping with no other fields than these; empty where there is none. */
  mapping(value: unknown, path: Path, fields: readonly string[] | null): Record<string, unknown> {
    if (value === undefined) return {}
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.wrong('wrong-type', path, 'must be a mapping')
      return {}
    }
    for (const field of fields === null ? [] : Object.keys(value).filter(name => !fields.includes(name)))
      this.problems.add('unknown-field', [...path, field], `unknown field “${field}”`, {
        hint: suggest(field, fields ?? [], ''),
        key: true,
      })
    return value as Record<string, unknown>
  }

  each(value: unknown, path: Path, fields: readonly string[]): Record<string, NodeFit> {
    const entries = Object.entries(this.mapping(value, path, null))
    return Object.fromEntries(entries.map(([name, fits]) => [name, this.fits(fits, [...path, name], fields)]))
  }

  fits(value: unknown, path: Path, fields: readonly string[]): Record<string, Fitted> {
    return Object.fromEntries(
      Object.entries(this.mapping(value, path, fields)).flatMap(([name, fit]) => {
        const fitted = this.fitted(fit, [...path, name])
        return fitted === undefined ? [] : [[name, fitted]]
      }),
    )
  }

  private fitted(fit: unknown, path: Path): Fitted | undefined {
    const said = this.mapping(fit, path, ['value', 'low', 'high', 'n'])
    const value = this.number(said.value, [...path, 'value'])
    if (value === undefined) {
      if (!('value' in said)) this.wrong('missing-field', path, 'lacks its value')
      return undefined
    }
    if (value === 0 && path.at(-1) === 'speed') this.wrong('out-of-range', path, 'must be more than 0')
    const bound = (name: 'low' | 'high') => this.number(said[name], [...path, name]) ?? value
    return { value, low: bound('low'), high: bound('high'), n: this.number(said.n, [...path, 'n']) ?? 0 }
  }

  /** A number of at least 0. */
  number(value: unknown, path: Path): number | undefined {
    if (value === undefined) return undefined
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value
    this.wrong('wrong-type', path, 'must be a number of at least 0')
    return undefined
  }

  private wrong(code: ErrorCode, path: Path, what: string): void {
    this.problems.add(code, path, `${pathText(path)} ${what}`)
  }
}
