/** `--policy`: keeps the entries asked for; a policy that the scenario does not list is run with its defaults. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isMap, isScalar, isSeq, Scalar, YAMLSeq } from 'yaml'
import { findPolicy } from '../../engine/policies/index.ts'
import { isOwnPolicy } from '../own-policies/own-policy.ts'
import type { ScenarioDocument } from './document.ts'
import { keysOf, scalarAt } from './override-steps.ts'
import type { Problems } from './problems.ts'

export function selectPolicies(document: ScenarioDocument, wanted: readonly string[], problems: Problems): void {
  const spec = document.resolved(document.yaml.get('spec', true))
  if (!isMap(spec)) return
  const listed = document.resolved(spec.get('policies', true))
  const entries = isSeq(listed) ? listed.items.map(item => ({ item, ...namesOf(document, item) })) : []
  const chosen = new YAMLSeq()
  if (isSeq(listed)) {
    chosen.flow = listed.flow === true
    chosen.range = listed.range ?? null
  }
  for (const name of wanted) {
    const asked = isOwnPolicy(name) ? askedFile(document, name) : (findPolicy(name)?.name ?? name)
    const byLabel = entries.filter(({ label }) => label === name || label === asked)
    const found = byLabel.length > 0 ? byLabel : entries.filter(({ policy }) => policy === asked)
    const items = entries.length > 0 && found.length > 0 ? found.map(({ item }) => item) : [added(document, name)]
    chosen.items.push(...items.filter(item => !chosen.items.includes(item)))
  }
  spec.set('policies', chosen)
  const gone = entries
    .filter(({ item }) => !chosen.items.includes(item))
    .flatMap(({ label }) => (label === undefined ? [] : [label]))
  leaveOutExpectations(document, gone, problems)
}

/** What is expected of policies that do not run now is no error, but it is not checked either. */
function leaveOutExpectations(document: ScenarioDocument, gone: readonly string[], problems: Problems): void {
  const list = document.resolved(document.yaml.getIn(['spec', 'expect'], true))
  if (!isSeq(list)) return
  const isGone = (item: unknown) => gone.includes(scalarAt(document, item, 'policy') ?? '')
  for (const [i, item] of list.items.entries())
    if (isGone(item))
      problems.add(
        'unknown-reference',
        ['spec', 'expect', i],
        `not checked: the policy “${scalarAt(document, item, 'policy')}” does not run`,
        {
          severity: 'warning',
          hint: 'Add it with --policy to have it checked.',
        },
      )
  list.items = list.items.filter(item => !isGone(item))
}

const properName = (document: ScenarioDocument, written: string): string =>
  isOwnPolicy(written) ? resolve(dirname(document.file), written) : (findPolicy(written)?.name ?? written)

/** What is asked for on the command line lies where that was written, or else beside the scenario. */
const askedFile = (document: ScenarioDocument, name: string): string =>
  existsSync(name) ? resolve(name) : resolve(dirname(document.file), name)

/** Fields of an entry that do not name its policy. */
const besides = ['label', 'options']

/** Proper name of an entry's policy, or its file, and what reports call the entry. */
function namesOf(document: ScenarioDocument, item: unknown): { policy: string | undefined; label: string | undefined } {
  const node = document.resolved(item)
  const named = isScalar(node) ? String(node.value) : keysOf(document, node).find(key => !besides.includes(key))
  const written = named === 'file' ? scalarAt(document, node, 'file') : named
  const policy = written === undefined ? undefined : properName(document, written)
  return { policy, label: scalarAt(document, node, 'label') ?? policy }
}

function added(document: ScenarioDocument, name: string): Scalar {
  const node = new Scalar(name)
  node.range = [0, name.length, name.length]
  document.graft(node, '--policy', name, 0)
  return node
}
