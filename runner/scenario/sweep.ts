/** Factors and levels of a scenario: what `spec.sweep` says, and what `--set` adds. */
import { isMap, isScalar, isSeq, type Node, stringify, YAMLMap, YAMLSeq } from 'yaml'
import type { Path, ScenarioDocument } from './document.ts'
import { findPath, PathError, stepsIn } from './node-path.ts'
import type { Applied } from './overrides.ts'
import { type Problems, pathText } from './problems.ts'
import { QuantityError } from './quantity-error.ts'
import { rangeNodes } from './set-argument.ts'
import { objectionTo } from './sweep-objections.ts'

export interface SweepFactor {
  /** As a person writes it, without `spec.`. */
  name: string
  path: Path
  levels: readonly { text: string; node: Node }[]
}

/** A factor that somebody asks for, and how to say what is wrong with it. */
interface Asked {
  steps: readonly string[]
  path: Path
  nodes: readonly Node[]
  refuse: (message: string, hint: string) => void
}

const place = ['spec', 'sweep']

/**
 * The factors, those of the file first. `spec.sweep` is left as it will run, to be shown. Of a `spec.sweep` whose form is
 * wrong there is nothing here: the schema says what it is.
 */
export function readSweep(document: ScenarioDocument, applied: Applied, problems: Problems): SweepFactor[] {
  const overridden = [...applied.fixed, ...applied.factors.map(({ path }) => path)].map(pathText)
  const isOverridden = ({ path }: Asked) => overridden.includes(pathText(path))
  const ofFile = entriesOf(document).flatMap(entry => askedBy(document, entry, problems))
  const ofSets = applied.factors.map(
    ({ steps, path, levels, refuse }): Asked => ({
      steps,
      path,
      nodes: levels,
      refuse: (message, hint) => problems.put(refuse(message, hint).diagnostic),
    }),
  )
  const factors: SweepFactor[] = []
  for (const asked of [...ofFile.filter(one => !isOverridden(one)), ...ofSets]) {
    const { steps, path, nodes, refuse } = asked
    const name = steps.join('.').replace(/^spec\./, '')
    const factor = { name, path, levels: nodes.map(node => ({ text: levelText(document, node), node })) }
    const objection = objectionTo(steps, factor, factors)
    if (objection === null) factors.push(factor)
    else refuse(objection.message, objection.hint)
  }
  if (ofSets.length > 0 || ofFile.some(isOverridden)) writeSweep(document, factors)
  return factors
}

interface Entry {
  key: string
  value: Node
}

/** Paths and levels of `spec.sweep`; nothing where anything in it is neither a list nor a range. */
function entriesOf(document: ScenarioDocument): Entry[] {
  const sweep = document.resolved(document.yaml.getIn(place, true))
  if (!isMap(sweep)) return []
  const entries = sweep.items.map(({ key, value }) => ({
    key: isScalar(key) ? String(key.value) : '',
    value: document.resolved(value) as Node,
  }))
  const factors = entries.filter(({ key }) => key !== 'policies')
  const isRight = ({ value }: Entry) =>
    (isSeq(value) && value.items.length > 0) || (isScalar(value) && /^\s*range\s*\(/.test(String(value.value)))
  return factors.every(isRight) ? factors : []
}

function askedBy(document: ScenarioDocument, { key, value }: Entry, problems: Problems): Asked[] {
  const refuse: Asked['refuse'] = (message, hint) =>
    problems.add('not-allowed', [...place, key], message, { key: true, hint })
  try {
    const steps = stepsIn(key)
    const path = findPath(document, steps)
    // Aliases stand for what they point to: a level may take the place of that very anchor.
    const nodes = isSeq(value)
      ? value.items.map(item => document.resolved(item) as Node)
      : rangeNodes(document, String(value), value.range)
    return [{ steps, path, nodes, refuse }]
  } catch (error) {
    if (error instanceof PathError)
      problems.add('unknown-reference', [...place, key], error.message, { key: true, hint: error.hint })
    else if (error instanceof QuantityError)
      problems.add(error.code, [...place, key], `spec.sweep: ${error.message}`, { hint: error.hint })
    else throw error
    return []
  }
}

/** A level as a person would write it. */
function levelText(document: ScenarioDocument, node: Node): string {
  const resolved = document.resolved(node) as Node
  if (isScalar(resolved)) return resolved.source ?? String(resolved.value)
  return stringify(resolved.toJS(document.yaml), {
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    lineWidth: 0,
  }).trim()
}

/** Writes the factors where the file would have them. */
function writeSweep(document: ScenarioDocument, factors: readonly SweepFactor[]): void {
  const sweep = new YAMLMap()
  for (const { name, levels } of factors) {
    const list = new YAMLSeq()
    list.flow = true
    list.items = levels.map(({ node }) => node)
    sweep.set(name, list)
  }
  document.yaml.setIn(place, sweep)
}
