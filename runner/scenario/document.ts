/** A YAML file with the place of everything in it. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'
import type { Diagnostic, ErrorCode } from '../errors.ts'

export type Path = readonly (string | number)[]

export interface Place {
  file: string
  /** From 1. */
  line: number
  column: number
  /** Characters to underline, at least 1. */
  length: number
  /** Up to three lines of the file, the last of which is `line`. */
  excerpt: string[]
}

/** A piece of text that nodes lie in: the file, or the value of one `--set`. */
interface Source {
  file: string
  text: string
  lines: LineCounter
  /** Where the YAML begins in the text. */
  offset: number
}

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
    })
    this.main = { file, text, lines, offset: 0 }
  }

  /** Syntax errors and duplicate keys; unknown tags are errors too, as they would change what is read. */
  get problems(): Diagnostic[] {
    return [...this.yaml.errors, ...this.yaml.warnings, ...aliasErrors(this.yaml)].map(({ code, message, pos }) => {
      const duplicate = code === 'DUPLICATE_KEY'
      return {
        code: (duplicate ? 'yaml-duplicate-key' : 'yaml-syntax') satisfies ErrorCode,
        severity: 'error',
        message: duplicate ? 'this key stands twice in one mapping' : message.split('\n')[0],
        hint: '',
        ...placeOf(this.main, pos[0], pos[1]),
      }
    })
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
      range = found ?? range
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

/** Aliases are only looked up when the document is read as data: then their place is lost. */
function aliasErrors(yaml: Document): { code: string; message: string; pos: readonly number[] }[] {
  const found: { code: string; message: string; pos: readonly number[] }[] = []
  if (yaml.errors.length > 0) return found
  let count = 0
  visit(yaml, {
    Alias(_key, node, path) {
      const target = node.resolve(yaml)
      const pos = node.range ?? [0, 1]
      if (target === undefined)
        found.push({ code: 'ALIAS', message: `there is no anchor &${node.source} before this alias`, pos })
      else if (path.includes(target))
        found.push({ code: 'ALIAS', message: `the alias *${node.source} holds itself`, pos })
      else if (++count > 1000) found.push({ code: 'ALIAS', message: 'more than 1000 aliases', pos })
      return count > 1000 ? visit.BREAK : undefined
    },
  })
  return found
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

function placeOf(source: Source, begin: number, end: number): Place {
  const start = Math.min(source.text.length, begin + source.offset)
  const { line, col } = source.lines.linePos(start)
  const lines = source.text.split(/\r?\n/, line + 1).slice(Math.max(0, line - 3), Math.max(1, line))
  const current = lines.at(-1) ?? ''
  const column = Math.max(1, Math.min(col, current.length + 1))
  const onThisLine = Math.max(1, Math.min(end + source.offset - start, current.trimEnd().length - column + 1))
  return { file: source.file, line: Math.max(1, line), column, length: onThisLine, excerpt: lines }
}
