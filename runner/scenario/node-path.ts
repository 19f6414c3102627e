/** Finding a place in the YAML by the steps that a person writes, and putting something there. */
import { isMap, isSeq } from 'yaml'
import type { Path, ScenarioDocument } from './document.ts'
import { childAt, indexOf, stepsOf } from './override-steps.ts'
import { suggest } from './suggest.ts'

/** Steps that lead nowhere. */
export class PathError extends Error {
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

const roots = ['apiVersion', 'kind', 'metadata', 'spec']

/** `a.b.c` as steps from the root of the file: the leading `spec.` may be left out. Throws PathError. */
export function stepsIn(text: string): string[] {
  const steps = text.trim().split('.')
  if (steps.includes(''))
    throw new PathError('the path has an empty step', 'Write a path such as fabric.clusters.lab.nodes.')
  return roots.includes(steps[0]) ? steps : ['spec', ...steps]
}

/** The steps with names of list items as indices. All but the last must be there. Throws PathError. */
export function findPath(document: ScenarioDocument, steps: readonly string[]): Path {
  const path: (string | number)[] = []
  let node: unknown = document.yaml.contents
  for (const [depth, step] of steps.slice(0, -1).entries()) {
    const index = indexOf(document, node, step)
    if (index === undefined)
      throw new PathError(
        missing(steps, depth),
        suggest(step, stepsOf(document, node), 'Set a field whose parent is there.'),
      )
    path.push(index)
    node = childAt(document, node, index)
  }
  const parent = document.resolved(node)
  const last = steps[steps.length - 1]
  if (isMap(parent)) return [...path, last]
  if (!isSeq(parent))
    throw new PathError(
      `${steps.slice(0, -1).join('.')} has no fields`,
      'Set a field of a mapping, or the whole of it.',
    )
  const index = indexOf(document, parent, last)
  if (index === undefined)
    throw new PathError(
      missing(steps, steps.length - 1),
      suggest(last, stepsOf(document, parent), 'Set an item that is there.'),
    )
  return [...path, index]
}

const missing = (steps: readonly string[], depth: number): string =>
  `the scenario has no ${steps.slice(0, depth + 1).join('.')}`

/** Puts a node at a path that was found. */
export function putNode(document: ScenarioDocument, path: Path, node: unknown): void {
  const parent = document.resolved(
    path.slice(0, -1).reduce<unknown>((at, step) => childAt(document, at, step), document.yaml.contents),
  )
  const last = path[path.length - 1]
  if (isSeq(parent)) parent.items[Number(last)] = node
  else if (isMap(parent)) parent.set(last, node)
}
