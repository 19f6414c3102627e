/** Results with a verification that has something of everything: what holds, what is off, given, missing, failures. */
import type { Results } from '../../reports/results.ts'
import { fixtureResults } from '../reports/fixture.ts'
import { compareWorlds, observe, world } from './worlds.ts'

export function verifiedResults(): Results {
  const policies = '[least-allocated, greedy-latency]'
  const believed = world({ policies })
  const pools = '{far: {extends: lab, cpu: 4, memory: 8Gi, speed: 1, startup: 4s}}'
  const truth = world({ policies, lab: '2s', pools })
  const missing = [{ what: 'energy', why: 'no meter <here>' }]
  const failure = { label: 'zone eu-1', cluster: 'b', plannedS: 60, injectedS: 60.2, detectedS: 71, recoveredS: null }
  const seen = {
    given: ['runTime' as const],
    telemetry: { skewMs: 1, watchLagMs: 5, resolutionMs: 1, missing },
    failures: [{ ...failure, means: 'lease loss' }],
  }
  const verification = compareWorlds(believed, [observe(truth, 0, seen), observe(truth, 1, seen)])
  return { ...fixtureResults(), verification }
}
