/** What the command line changes in a scenario: applied to the YAML document, so that everything keeps its place. */
import { isMap, isSeq, type Node, parseDocument } from 'yaml'
import { type Diagnostic, type ErrorCode, errors } from '../errors.ts'
import type { ScenarioDocument } from './document.ts'
import { childAt, indexOf, stepsOf } from './override-steps.ts'
import type { Problems } from './problems.ts'
import { selectPolicies } from './select-policies.ts'
import { suggest } from './suggest.ts'
import { yamlProblems } from './yaml-problems.ts'

export interface Overrides {
  /** `path=value`, with or without the leading `spec.`; names of list items may stand for their indices. */
  sets?: readonly string[]
  seed?: number
  replications?: number
  /** Only these policies, by label or name. */
  policies?: readonly string[]
}

/** An argument of the command line; the YAML begins at `offset` of its text. */
interface Argument {
  name: string
  text: string
  offset: number
}

export function applyOverrides(document: ScenarioDocument, overrides: Overrides, problems: Problems): void {
  const { sets = [], seed, replications, policies = [] } = overrides
  const attempt = (change: () => void) => {
    try {
      change()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.put(error.diagnostic)
    }
  }
  for (const set of sets) attempt(() => applySet(document, set))
  const plain = (field: string, value: number) =>
    put(document, ['spec', field], { name: `--${field}`, text: String(value), offset: 0 })
  if (seed !== undefined) attempt(() => plain('seed', seed))
  if (replications !== undefined) attempt(() => plain('replications', replications))
  if (policies.length > 0) selectPolicies(document, policies, problems)
}

/** An argument that cannot be applied, with the columns of it that are wrong. */
class Refusal extends Error {
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

function applySet(document: ScenarioDocument, set: string): void {
  const equals = set.indexOf('=')
  const argument = { name: '--set', text: set, offset: equals + 1 }
  const form = errors['bad-override'].hint
  if (equals <= 0) throw new Refusal(argument, 0, set.length, `“${set}” is not of the form path=value`, form)
  const steps = set.slice(0, equals).trim().split('.')
  if (steps.includes('')) throw new Refusal(argument, 0, equals, 'the path has an empty step', form)
  if (isSweep(set.slice(equals + 1))) {
    const hint = 'Give one value; put text with commas in quotes, and lists in brackets.'
    throw new Refusal(
      argument,
      equals + 1,
      set.length,
      'several values are a sweep, which cannot be simulated yet',
      hint,
      'not-yet',
    )
  }
  put(document, roots.includes(steps[0]) ? steps : ['spec', ...steps], argument)
}

const roots = ['apiVersion', 'kind', 'metadata', 'spec']

/** `1,2,3` or `range(1, 10)`: several values, not one. */
const isSweep = (value: string): boolean => /^\s*range\s*\(/.test(value) || /^[^"'[{]*,/.test(value.trim())

/** Puts the value of the argument at the path, whose parent must be there. */
function put(document: ScenarioDocument, path: readonly string[], argument: Argument): void {
  const value = parseValue(argument)
  const refuse = (message: string, hint: string) =>
    new Refusal(argument, 0, Math.max(1, argument.offset - 1), message, hint)
  let node: unknown = document.yaml.contents
  for (const [depth, step] of path.slice(0, -1).entries()) {
    const index = indexOf(document, node, step)
    if (index === undefined)
      throw refuse(missing(path, depth), suggest(step, stepsOf(document, node), 'Set a field whose parent is there.'))
    node = childAt(document, node, index)
  }
  const parent = document.resolved(node)
  const last = path[path.length - 1]
  if (isMap(parent)) parent.set(last, value)
  else if (isSeq(parent)) {
    const index = indexOf(document, parent, last)
    if (index === undefined)
      throw refuse(
        missing(path, path.length - 1),
        suggest(last, stepsOf(document, parent), 'Set an item that is there.'),
      )
    parent.items[Number(index)] = value
  } else throw refuse(`${path.slice(0, -1).join('.')} has no fields`, 'Set a field of a mapping, or the whole of it.')
  document.graft(value, argument.name, argument.text, argument.offset)
}

const missing = (path: readonly string[], depth: number): string =>
  `the scenario has no ${path.slice(0, depth + 1).join('.')}`

function parseValue(argument: Argument): Node {
  const text = argument.text.slice(argument.offset)
  const value = parseDocument(text, { version: '1.2', prettyErrors: false, logLevel: 'error' })
  const [problem] = yamlProblems(value, text)
  if (problem === undefined) return value.contents ?? value.createNode(null)
  const begin = Math.min(argument.text.length, argument.offset + problem.begin)
  throw new Refusal(
    argument,
    begin,
    argument.text.length,
    `the value is no YAML: ${problem.message}`,
    'Put text in quotes.',
  )
}
