/** Steps of a `--set` path through the YAML: keys, indices, and names that stand for indices. */
import { isMap, isScalar, isSeq, type Pair } from 'yaml'
import type { ScenarioDocument } from './document.ts'

/** Key or index that a step means in a mapping or list; undefined where there is none. */
export function indexOf(document: ScenarioDocument, parent: unknown, step: string): string | number | undefined {
  const node = document.resolved(parent)
  if (isMap(node)) return stepsOf(document, node).includes(step) ? step : undefined
  if (!isSeq(node)) return undefined
  if (/^\d+$/.test(step)) return Number(step) < node.items.length ? Number(step) : undefined
  const index = node.items.findIndex(item => nameOfItem(document, item) === step)
  return index < 0 ? undefined : index
}

export function childAt(document: ScenarioDocument, parent: unknown, index: string | number): unknown {
  const node = document.resolved(parent)
  if (isSeq(node)) return node.items[Number(index)]
  return isMap(node) ? node.items.find(pair => keyOf(pair) === index)?.value : undefined
}

/** What can stand after a node in a path, for did-you-mean. */
export function stepsOf(document: ScenarioDocument, parent: unknown): string[] {
  const node = document.resolved(parent)
  if (isMap(node)) return keysOf(document, node)
  return isSeq(node) ? node.items.map((item, i) => nameOfItem(document, item) ?? String(i)) : []
}

/** What an item of a list is called: its name, id or label, or the only key of a policy with options, or itself. */
function nameOfItem(document: ScenarioDocument, item: unknown): string | undefined {
  const node = document.resolved(item)
  if (isScalar(node)) return String(node.value)
  return (
    ['name', 'id', 'label'].map(field => scalarAt(document, node, field)).find(name => name !== undefined) ??
    keysOf(document, node)[0]
  )
}

/** Text of a scalar field of a mapping. */
export function scalarAt(document: ScenarioDocument, parent: unknown, field: string): string | undefined {
  const node = document.resolved(parent)
  const value = isMap(node) ? document.resolved(node.get(field, true)) : undefined
  return isScalar(value) ? String(value.value) : undefined
}

export function keysOf(document: ScenarioDocument, parent: unknown): string[] {
  const node = document.resolved(parent)
  return isMap(node) ? node.items.map(keyOf) : []
}

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))
