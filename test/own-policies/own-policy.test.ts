/** Policies of the user's own: loaded, checked, and stopped where they do what is not allowed. */
import { describe, expect, test } from 'vitest'
import { simulate } from '../../engine/index.ts'
import { conformance } from '../../runner/conformance/conformance.ts'
import { FabricdtError } from '../../runner/errors.ts'
import { contentHash } from '../../runner/own-policies/content-hash.ts'
import { ownPolicy } from '../../runner/own-policies/own-policy.ts'
import { policyOf } from '../../runner/own-policies/policy-of.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import { ownFolder, type Source, sourceOf } from './own-source.ts'

const { write, folder } = ownFolder()

function failure(act: () => unknown): Pick<FabricdtError, 'code' | 'message' | 'exit' | 'hint'> {
  try {
    act()
  } catch (error) {
    if (error instanceof FabricdtError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a file that is no policy says so', () => {
  test.each([
    ['empty.mjs', '', 'exports no policy'],
    ['number.mjs', 'export default 3', 'exports no policy'],
    ['taken.mjs', sourceOf('greedy'), 'is called greedy like one of the policies that are there already'],
    ['broken.mjs', 'export default {', 'cannot be loaded'],
    ['throws.mjs', "throw new TypeError('at once')", 'throws.mjs:1:7 cannot be loaded: at once'],
    ['waits.mjs', 'await 1; export default {}', 'cannot be loaded'],
    ['lacks.mjs', "import 'no-such-package-at-all'", 'no-such-package-at-all'],
    ['named.mjs', sourceOf('two, three'), 'has no proper `name`'],
  ])('%s', (name, text, words) => {
    const error = failure(() => ownPolicy(write(name, text)))
    expect([error.code, error.exit]).toEqual(['bad-policy', 2])
    expect(error.message).toContain(name)
    expect(error.message).toContain(words)
  })

  test('a file that is not there', () => {
    expect(failure(() => ownPolicy('/nowhere/mine.mjs'))).toMatchObject({ code: 'file-unreadable', exit: 2 })
  })

  test('CommonJS by mistake: the hint says how to mend it', () => {
    write('commonjs/package.json', '{"type": "commonjs"}')
    const { hint } = failure(() => ownPolicy(write('commonjs/mistaken.js', sourceOf('mistaken'))))
    expect(hint).toContain('Call it .mjs')
  })

  test('CommonJS on purpose will do', () => {
    const text = sourceOf('meant').replace('export default', 'module.exports =')
    expect(ownPolicy(write('meant.cjs', text)).entry.name).toBe('meant')
  })

  test.each([
    ['create that throws', { create: "throw new RangeError('no')" }, /^c0\.mjs:\d+:\d+: create: RangeError: no$/],
    ['create that gives nothing', { create: 'if (blocking === undefined) return' }, /^c1\.mjs: create gave no policy$/],
  ] as [string, Source, RegExp][])('%s', (what, source, words) => {
    const name = what.endsWith('throws') ? 'c0' : 'c1'
    const { entry } = ownPolicy(write(`${name}.mjs`, sourceOf(name, source)))
    expect(failure(() => entry.create({})).message).toMatch(words)
  })
})

/** Two nodes of one core; jobs of a core from second 0 on, so that the third must wait. */
const model = tinyModel({
  nodes: 2,
  workloads: [{ name: 'w', request: { cpuMilli: 1000 }, trace: [0, 1, 2].map(submitS => ({ submitS, runS: 10 })) }],
})

let count = 0
function thrown(source: Source): string {
  const name = `d${count++}`
  const { entry } = ownPolicy(write(`${name}.mjs`, sourceOf(name, source)))
  const error = failure(() => simulate(model, entry.create({}), { replication: 0 }))
  expect([error.code, error.exit]).toEqual(['policy-failed', 3])
  return error.message
}

describe('a decision that is not allowed ends the run, and is named', () => {
  test('a node that is too small', () => {
    expect(thrown({ choose: 'return 0' })).toMatch(
      /^d0\.mjs: decision 2 at 1 s, stage “stage-0” of “w”, submitted at 1 s: illegal: the node c-\S+ is too small: a task asks for 1 cores, 0Gi, and it has 0 cores, 0Gi free$/,
    )
  })

  test.each(['return 2', 'return 0.5', "return 'a'", 'return undefined'])('a node that there is not: %s', choose => {
    expect(thrown({ choose })).toMatch(/decision 1 at 0 s, .*choose gave (2|0\.5|a|undefined): nodes are 0 to 1/)
  })

  test('a stage that does not wait', () => {
    const decide = 'const s = pass.head(); pass.place(s, choice); pass.place(s, choice)'
    expect(thrown({ decide })).toMatch(/decision 1 at 0 s, .*: place: the stage is not waiting$/)
  })

  test('a choice that is none', () => {
    expect(thrown({ decide: 'pass.place(pass.head(), {})' })).toContain(
      'a choice is an object with a function `choose`',
    )
  })

  test('a key that is no number', () => {
    expect(thrown({ key: 'return Number.NaN' })).toContain('order.key gave NaN, not a number')
  })

  test('whatever it throws, with its place', () => {
    expect(thrown({ choose: 'return stage.no.way' })).toMatch(
      /^d\d+\.mjs:4:\d+: decision 1 at 0 s, stage “stage-0” .*: TypeError: /,
    )
  })

  test('asking for ever', () => {
    const decide = 'for (let s = pass.head(); s >= 0; s = pass.head()) pass.place(s, choice)'
    expect(thrown({ decide })).toMatch(/decision 3 at 2 s: decide asked 10000 times for the head/)
  })
})

describe('the hash of a file', () => {
  test('is of what it imports, too', () => {
    write('part.mjs', 'export const a = 1')
    const file = write('whole.mjs', "import { a } from './part.mjs'\nexport default a")
    const before = contentHash(file)
    write('part.mjs', 'export const a = 2')
    expect(contentHash(file)).not.toBe(before)
    expect(folder).toBeTruthy()
  })

  test('must be that with which the scenario was read', () => {
    const own = ownPolicy(write('read.mjs', sourceOf('read')))
    const policy = { label: 'read', name: 'read', options: {}, own: { file: own.file, hash: own.hash } }
    expect(policyOf(policy)).toBe(own.entry)
    const changed = { ...policy, own: { file: own.file, hash: '0' } }
    expect(failure(() => policyOf(changed)).message).toContain('has changed since the scenario was read')
  })
})

describe('the conformance suite', () => {
  const verdictsOf = (name: string, source: Source) =>
    [...conformance(ownPolicy(write(`${name}.mjs`, sourceOf(name, source))).entry)]
      .filter(({ problem }) => problem !== null)
      .map(({ check, problem }) => `${check}: ${problem}`)

  test('holds for one that is right', () => expect(verdictsOf('right', {})).toEqual([]))

  test('finds luck of its own', () => {
    const choose = 'return pass.nextFit(stage, Math.floor(9 * Math.random()))'
    expect(verdictsOf('lucky', { choose })).toContainEqual(expect.stringMatching(/^same seed, same bytes: two runs/))
  })

  test('finds jobs that are left waiting', () => {
    const decide =
      "const s = pass.head(); if (s < 0 || pass.model.workloads.names[pass.workloadOf(s)] === 'gang') return; if (!pass.place(s, choice)) pass.skip()"
    expect(verdictsOf('lazy', { decide }).join()).toMatch(/jobs never ended: it leaves waiting what would fit/)
  })

  test('finds options that say nothing', () => {
    expect(verdictsOf('mute', { options: "a: { type: 'number', default: 1 }" })).toEqual([
      'documents itself and every option: the option a has no description',
    ])
  })
})
