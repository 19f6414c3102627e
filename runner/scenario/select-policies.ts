/** `--policy`: keeps the entries asked for; a policy that the scenario does not list is run with its defaults. */
import { isMap, isScalar, isSeq, Scalar, YAMLSeq } from 'yaml'
import { findPolicy } from '../../engine/policies/index.ts'
import type { ScenarioDocument } from './document.ts'

export function selectPolicies(document: ScenarioDocument, wanted: readonly string[]): void {
  const spec = document.resolved(document.yaml.get('spec', true))
  if (!isMap(spec)) return
  const listed = document.resolved(spec.get('policies', true))
  const items = isSeq(listed) ? listed.items : []
  const chosen = new YAMLSeq()
  chosen.range = isSeq(listed) ? (listed.range ?? null) : null
  for (const name of new Set(wanted)) {
    const kept = items.filter(item => isCalled(document, item, name))
    if (kept.length > 0) chosen.items.push(...kept.filter(item => !chosen.items.includes(item)))
    else chosen.items.push(added(document, name))
  }
  spec.set('policies', chosen)
}

function added(document: ScenarioDocument, name: string): Scalar {
  const node = new Scalar(name)
  node.range = [0, name.length, name.length]
  document.graft(node, '--policy', name, 0)
  return node
}

/** By label, or by the name or an alias of the policy where it has no label. */
function isCalled(document: ScenarioDocument, item: unknown, name: string): boolean {
  const node = document.resolved(item)
  if (isScalar(node)) return samePolicy(String(node.value), name)
  if (!isMap(node)) return false
  const label = document.resolved(node.get('label', true))
  if (isScalar(label)) return String(label.value) === name
  return node.items.some(({ key }) => isScalar(key) && samePolicy(String(key.value), name))
}

const samePolicy = (a: string, b: string): boolean =>
  a === b || (findPolicy(a) !== undefined && findPolicy(a) === findPolicy(b))
