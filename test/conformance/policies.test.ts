import { describe, expect, test } from 'vitest'
import { findPolicy, policies } from '../../engine/index.ts'
import { checks } from '../../runner/conformance/checks.ts'
import { Trials } from '../../runner/conformance/trials.ts'

test('names and aliases are unique', () => {
  const names = policies.flatMap(entry => [entry.name, ...(entry.aliases ?? [])])
  expect(new Set(names).size).toBe(names.length)
})

describe.each(policies.map(entry => entry.name))('%s', name => {
  const trials = new Trials(findPolicy(name)!)
  test.each(checks)('$name', ({ run }) => expect(run(trials)).toBeNull())
})

const run = (name: string) => new Trials(findPolicy(name)!).run()

test('resilient keeps more deadlines than greedy-latency through the blackout, and its shadows cost energy', () => {
  const greedy = run('greedy-latency')
  const resilient = run('resilient')
  expect(resilient.shadowPlacements).toBeGreaterThan(100)
  expect(resilient.measured.deadlineMisses).toBeLessThan(greedy.measured.deadlineMisses)
  expect(resilient.clusters.energyJ.reduce((a, b) => a + b)).toBeGreaterThan(
    greedy.clusters.energyJ.reduce((a, b) => a + b),
  )
})

test('backfilling shortens the mean wait', () => {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const waits = (name: string) => mean(run(name).samples.waitTime)
  expect(waits('easy')).toBeLessThan(waits('fcfs'))
  expect(waits('conservative')).toBeLessThan(waits('fcfs'))
})
