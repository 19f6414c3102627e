/** A YAML file with the place of everything in it. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { Diagnostic } from '../errors.ts'
import { type Place, placeOf, type Source } from './place.ts'
import { yamlProblems } from './yaml-problems.ts'

export type { Place } from './place.ts'

export type Path = readonly (string | number)[]

export class ScenarioDocument {
  readonly yaml: Document
  private readonly main: Source
  /** Values that were put in by `--set`, and their sources. */
  private readonly grafts = new Map<unknown, Source>()

  constructor(file: string, text: string) {
    const lines = new LineCounter()
    // YAML 1.2 only: 1.1 reads 1:50 as 110.
    this.yaml = parseDocument(text, {
      version: '1.2',
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      strict: true,
      // What it would warn of on the console is reported otherwise.
      logLevel: 'error',
    })
    this.main = { file, text, lines, offset: 0 }
  }

  /** Duplicate keys, and the first thing that is no YAML. */
  get problems(): Diagnostic[] {
    return yamlProblems(this.yaml, this.text).map(({ begin, end, ...problem }) => ({
      severity: 'error',
      hint: '',
      ...problem,
      ...placeOf(this.main, begin, end),
    }))
  }

  /** What an alias stands for; anything else is itself. */
  resolved(node: unknown): unknown {
    return resolve(node, this.yaml)
  }

  /** The file as plain data. */
  value(): unknown {
    return this.yaml.toJS({ maxAliasCount: -1 })
  }

  /** Remembers that a node came from `--set`: `text` is the whole argument, the YAML begins at `offset`. */
  graft(node: unknown, file: string, text: string, offset: number): void {
    const lines = new LineCounter()
    lines.addNewLine(0)
    this.grafts.set(node, { file, text, lines, offset })
  }

  /** Place of a value, or (`key`) of the key that names it; of the nearest thing above where there is none. */
  locate(path: Path, key = false): Place {
    let source = this.main
    let node: unknown = this.yaml.contents
    let range = rangeOf(node)
    for (const [depth, step] of path.entries()) {
      const child = childOf(resolve(node, this.yaml), step)
      if (child === undefined) break
      const last = depth === path.length - 1
      const before = source
      source = this.grafts.get(child.value) ?? source
      node = child.value
      const keyRange = rangeOf(child.key)
      const found = last && key && source === before ? (keyRange ?? rangeOf(node)) : (rangeOf(node) ?? keyRange)
      range = found ?? (source === before ? range : [0, 1])
    }
    return placeOf(source, ...(range ?? [0, 1]))
  }

  get file(): string {
    return this.main.file
  }

  get text(): string {
    return this.main.text
  }

  /** Whether the value at a path came from the command line. */
  isGrafted(path: Path): boolean {
    let node: unknown = this.yaml.contents
    for (const step of path) {
      node = childOf(resolve(node, this.yaml), step)?.value
      if (this.grafts.has(node)) return true
    }
    return false
  }
}

const resolve = (node: unknown, yaml: Document): unknown => (isAlias(node) ? node.resolve(yaml) : node)

function childOf(node: unknown, step: string | number): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(step)]
    return value === undefined ? undefined : { key: null, value }
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find(item => keyText(item) === String(step))
  return pair === undefined ? undefined : { key: pair.key, value: pair.value ?? pair.key }
}

const keyText = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))

/** Begin and end of what a person would underline: the scalar itself, the first line of a collection. */
function rangeOf(node: unknown): [number, number] | null {
  const range = (node as Node | null)?.range
  return range === undefined || range === null ? null : [range[0], range[1]]
}
