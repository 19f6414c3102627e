/** The values of `--set path=value`: one, or several that are a sweep. */
import { isSeq, type Node, parseDocument, type Range } from 'yaml'
import { type Diagnostic, type ErrorCode, errors } from '../errors.ts'
import type { ScenarioDocument } from './document.ts'
import { QuantityError } from './quantity-error.ts'
import { readRange } from './range.ts'
import { yamlProblems } from './yaml-problems.ts'

const parsing = { version: '1.2', prettyErrors: false, logLevel: 'error' } as const

/** An argument of the command line; the YAML begins at `offset` of its text. */
export interface Argument {
  name: string
  text: string
  offset: number
}

/** An argument that cannot be applied, with the columns of it that are wrong. */
export class Refusal extends Error {
  readonly diagnostic: Diagnostic

  constructor(
    { name, text }: Argument,
    begin: number,
    end: number,
    message: string,
    hint: string,
    code: ErrorCode = 'bad-override',
  ) {
    super(message)
    const place = { file: name, line: 1, column: begin + 1, length: Math.max(1, end - begin), excerpt: [text] }
    this.diagnostic = { code, severity: 'error', message, hint, ...place }
  }
}

/** Splits `path=value`. Throws Refusal. */
export function argumentOf(set: string): { path: string; argument: Argument } {
  const equals = set.indexOf('=')
  const argument = { name: '--set', text: set, offset: equals + 1 }
  if (equals > 0) return { path: set.slice(0, equals), argument }
  throw new Refusal(argument, 0, set.length, `“${set}” is not of the form path=value`, errors['bad-override'].hint)
}

/** The value as a node that knows its place in the argument. Throws Refusal. */
export function nodeOf(document: ScenarioDocument, argument: Argument): Node {
  const text = argument.text.slice(argument.offset)
  const value = parseDocument(text, parsing)
  const [problem] = yamlProblems(value, text)
  if (problem !== undefined) throw noYaml(argument, problem.message, argument.offset + problem.begin)
  const node = value.contents ?? value.createNode(null)
  document.graft(node, argument.name, argument.text, argument.offset)
  return node
}

const noYaml = (argument: Argument, message: string, at: number): Refusal =>
  new Refusal(
    argument,
    Math.min(argument.text.length, at),
    argument.text.length,
    `the value is no YAML: ${message}`,
    'Put text in quotes.',
  )

/** Several values: `1,2,3` or `range(1, 10)`; null where it is one. Throws Refusal. */
export function levelsOf(document: ScenarioDocument, argument: Argument): Node[] | null {
  const text = argument.text.slice(argument.offset)
  if (/^\s*range\s*\(/.test(text)) return fromRange(document, argument, text)
  // The items of a list in brackets, one character further on.
  const inBrackets = `[${text}]`
  const list = parseDocument(inBrackets, parsing)
  const [problem] = yamlProblems(list, inBrackets)
  if (problem === undefined && isSeq(list.contents))
    return list.contents.items.length > 1 ? list.contents.items.map(item => placed(item as Node)) : null
  if (!/^[^"'[{]*,/.test(text.trim())) return null
  throw noYaml(argument, problem?.message ?? 'no list', argument.offset)

  function placed(item: Node): Node {
    document.graft(item, argument.name, argument.text, argument.offset - 1)
    return item
  }
}

function fromRange(document: ScenarioDocument, argument: Argument, text: string): Node[] {
  try {
    return rangeNodes(document, text, [0, text.length, text.length]).map(node => {
      document.graft(node, argument.name, argument.text, argument.offset)
      return node
    })
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    throw new Refusal(argument, argument.offset, argument.text.length, error.message, error.hint)
  }
}

/** Numbers of a range as nodes that lie where it stands. Throws QuantityError. */
export const rangeNodes = (document: ScenarioDocument, text: string, range: Range | null | undefined): Node[] =>
  readRange(text).map(number => {
    const node = document.yaml.createNode(Number(number))
    node.range = range ?? null
    return node
  })
