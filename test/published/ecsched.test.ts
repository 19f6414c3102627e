/**
 * The logs of ECSched's authors (huyang1022/ECSched, FGCS 2020), job by job and second by second: 85 jobs on ten machines each of 25,
 * 50 and 100 units of two resources. Both of their variants start each job as it comes, so that both logs are alike; 29 jobs of 79
 * that come at once wait a second under their Kubernetes because it places 50 in a second.
 */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findPolicy, type RunResult, simulate } from '../../engine/index.ts'
import { buildModel } from '../reference/build-model.ts'

const folder = new URL('../../../shared/data/ecsched/', import.meta.url).pathname
const isMissing = !existsSync(folder)

const numbersOf = (text: string): number[][] =>
  text
    .trim()
    .split('\n')
    .map(line => [...line.matchAll(/(?<=^| )[\d.]+/g)].map(([number]) => Number(number)))

const gibibyte = 2 ** 30
const group = (units: number) => ({ nodes: 10, cpuMilli: units * 1000, memoryBytes: units * gibibyte })
const groups = [group(25), group(50), group(100)]

describe.skipIf(isMissing)(`ECSched's logs${isMissing ? ' (../shared/data is absent)' : ''}`, () => {
  for (const [cost, name] of [
    ['dot-product', 'ecs_dp'],
    ['most-loaded', 'ecs_ml'],
  ]) {
    it(`${name}: every job, and what is pending, runs, has ended and is used in every second`, () => {
      const jobs = numbersOf(readFileSync(`${folder}Input`, 'utf8')).map(([, submitS, runS, cpu, memory]) => ({
        submitS,
        runS,
        request: { cpuMilli: cpu * 1000, memoryBytes: memory * gibibyte },
      }))
      const model = buildModel({
        clusters: [{ name: 'c', groups }],
        workloads: [{ name: 'w', trace: jobs }],
      })
      const policy = findPolicy('ecsched')!.create({ cost })
      const result = simulate(model, policy, { replication: 0, record: { jobs: true, decisions: true } })
      const ours = runsOf(result)
      const theirs = numbersOf(readFileSync(`${folder}result_${name}.txt`, 'utf8'))
      expect(ours.map(({ arrivalS, endS }) => endS - arrivalS)).toEqual(theirs.map(([, seconds]) => seconds))
      const log = gunzipSync(readFileSync(`${folder}log_${name}.txt.gz`)).toString()
      for (const [second, pending, running, ended, cores, memory] of numbersOf(log)) {
        // Theirs is written before the arrivals of the second.
        const alive = [...ours.keys()].filter(job => ours[job].beginS < second && ours[job].endS > second)
        const waiting = ours.filter(({ arrivalS, beginS }) => arrivalS < second && beginS >= second)
        const over = ours.filter(({ endS }) => endS <= second)
        expect([waiting.length, alive.length, over.length], `second ${second}`).toEqual([pending, running, ended])
        const used = (of: 'cpuMilli' | 'memoryBytes') => alive.reduce((sum, job) => sum + jobs[job].request[of], 0)
        expect(used('cpuMilli') / 1.75e6).toBeCloseTo(cores, 5)
        expect(used('memoryBytes') / 1750 / gibibyte).toBeCloseTo(memory, 5)
      }
    })
  }
})

/** When each job came, began and ended, by its number. */
function runsOf({ jobs }: RunResult): { arrivalS: number; beginS: number; endS: number }[] {
  const runs: { arrivalS: number; beginS: number; endS: number }[] = []
  for (const [i, ordinal] of (jobs?.ordinal ?? []).entries()) {
    const arrivalS = jobs!.submitTime[i]
    const beginS = arrivalS + jobs!.waitTime[i]
    runs[ordinal] = { arrivalS, beginS, endS: beginS + jobs!.runTime[i] }
  }
  return runs
}
