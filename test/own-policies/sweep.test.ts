/** Policies of the user's own in scenarios: in sweeps, on threads, in the cache, and what is said where they are wrong. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ScenarioError } from '../../runner/errors.ts'
import { predict } from '../../runner/predict.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { TrialCache } from '../../runner/sweep/cache.ts'
import { ownFolder, sourceOf } from './own-source.ts'

const { folder, write } = ownFolder()
const options = `options: { keep: { type: 'integer', default: 0, minimum: 0, description: 'Nodes to leave alone.' } },`

const scenario = (policies: string, more = '') =>
  write(
    'scenario.yaml',
    `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: own }
spec:
  fabric:
    pools: { p: { cpu: 4, memory: 16Gi, power: { idle: 10W, busy: 20W } } }
    clusters: [{ name: a, pool: p, nodes: 3 }]
  workloads:
    - { name: w, origin: { cluster: a }, arrivals: { rate: 1/s, maxJobs: 60 }, job: { stages: [{ cpu: 2, duration: { exponential: { mean: 4s } } }] } }
  replications: 3
  policies: ${policies}
${more}`,
  )

/** Like first-fit, but blind: the same placements. */
write('first.mjs', sourceOf('first', { choose: 'return pass.firstFit(stage)' }))
mkdirSync(join(folder, 'policies'))
write(
  'policies/keeping.mjs',
  sourceOf('keeping', { choose: 'return pass.nextFit(stage, 0)' }).replace(/options: .*\n/, `${options}\n`),
)

const run = async (file: string, overrides = {}, cache: TrialCache | null = null, threads = 2) =>
  predict(await loadPoints(file, overrides), { threads, signal: new AbortController().signal, cache })

const rowsOf = ({ results }: Awaited<ReturnType<typeof run>>, policy: string) =>
  results.rows.filter(row => row.policy === policy).map(({ policy: _, ...row }) => row)

describe('in a scenario', () => {
  test('decides on threads as the same code of the table does', async () => {
    const file = scenario('[{ first-fit: { blocking: false } }, ./first.mjs, { file: ./first.mjs, label: again }]')
    const prediction = await run(file)
    expect(prediction.results.errors).toEqual([])
    expect(prediction.results.policies.map(({ label, name }) => [label, name])).toEqual([
      ['first-fit', 'first-fit'],
      ['first', 'first'],
      ['again', 'first'],
    ])
    expect(rowsOf(prediction, 'first')).toEqual(rowsOf(prediction, 'first-fit'))
    expect(rowsOf(prediction, 'again')).toEqual(rowsOf(prediction, 'first-fit'))
  })

  test('its options are levels of a sweep, and the same on one thread', async () => {
    const file = scenario('[{ file: ./policies/keeping.mjs, options: { keep: 1 } }]')
    const sets = ['spec.policies.0.options.keep=0,1']
    const two = await run(file, { sets })
    expect(two.results.points.map(({ levels }) => Object.values(levels))).toEqual([['0'], ['1']])
    expect((await run(file, { sets }, null, 1)).results.resultsHash).toBe(two.results.resultsHash)
  })

  test('only what has changed in its file runs again', async () => {
    const cache = new TrialCache(join(folder, 'cache'))
    const file = scenario('[fcfs, ./first.mjs]')
    expect((await run(file, {}, cache)).reused).toBe(0)
    expect((await run(file, {}, cache)).reused).toBe(6)
    // Another file that calls its policy the same: only what it says tells them apart.
    write('other.mjs', sourceOf('first', { choose: 'return pass.bestFit(stage)' }))
    expect((await run(scenario('[fcfs, ./other.mjs]'), {}, cache)).reused).toBe(3)
  })

  test('one that throws fails its own trials only, and says where', async () => {
    write('fails.mjs', sourceOf('fails', { decide: 'if (pass.now > 20) throw new Error("enough")' }))
    const { results } = await run(scenario('[fcfs, ./fails.mjs]'))
    expect(results.errors.map(({ policy, code }) => [policy, code])).toEqual(Array(3).fill(['fails', 'policy-failed']))
    expect(results.errors[0].message).toMatch(/^fails\.mjs:14:\d+: decision \d+ at 2\d\.\d+ s: enough$/)
    expect(results.rows.some(({ policy, method }) => policy === 'fcfs' && method !== 'empty')).toBe(true)
  })

  test('--policy takes a file, and knows one that is listed', async () => {
    const file = scenario('[fcfs, { file: ./first.mjs, label: mine }]')
    const labels = async (...policies: string[]) =>
      (await loadPoints(file, { policies })).points[0].loaded.scenario.policies.map(({ label }) => label)
    expect(await labels(join(folder, 'first.mjs'))).toEqual(['mine'])
    expect(await labels('mine')).toEqual(['mine'])
    expect(await labels('fcfs', join(folder, 'policies/keeping.mjs'))).toEqual(['fcfs', 'keeping'])
  })
})

async function problems(policies: string): Promise<string[]> {
  try {
    await loadPoints(scenario(policies))
    return []
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    return error.diagnostics.map(({ code, line, column, message }) => `${line}:${column} ${code}: ${message}`)
  }
}

describe('what is wrong is said at its place', () => {
  test.each([
    ['[./nowhere.mjs]', /^11:14 file-unreadable: cannot read .*nowhere\.mjs/],
    ['[{ file: ./first.mjs, options: { keep: 1 } }]', /^11:46 unknown-field: unknown field “keep”/],
    ['[{ file: ./policies/keeping.mjs, options: { keep: -1 } }]', /^11:63 out-of-range: .*keep.*at least 0/],
    ['[{ file: ./policies/keeping.mjs, options: { keep: many } }]', /wrong-type: .*expected a whole number/],
    ['[{ fcfs: {}, options: {} }]', /not-allowed: `options` are those of a policy in a `file`/],
    ['[{ label: x, options: {} }]', /missing-field: the entry names no policy/],
    ['[{ file: ./first.mjs, fcfs: {} }]', /not-allowed: an entry names one policy/],
    ['[./first.mjs, ./first.mjs]', /duplicate-name/],
    ['[firts-fit]', /^11:14 unknown-policy: there is no policy “firts-fit”/],
  ])('%s', async (policies, words) => {
    const found = await problems(policies)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(words)
  })
})
