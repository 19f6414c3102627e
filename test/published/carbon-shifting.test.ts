/**
 * Sukprasert, Souza, Bashir, Irwin and Shenoy, "On the Limitations of Carbon-Aware Temporal and Spatial Workload Shifting
 * in the Cloud", EuroSys 2024 (umassos/decarbonization-potential, Apache-2.0, figures only): grams of a job of 1 kW begun at
 * every hour of 2022, at once, at the best time within a slack, and in its cheapest hours. `carbon-aware` is simulated on
 * the same year: a node for each job, a perfect forecast, nothing but the energy weighed. The last J + S hours of their
 * tables follow no rule that we found and are left out.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { logRows } from '../reference/compare-log.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import { sharedPath } from '../shared.ts'

const folder = sharedPath('data/carbon-shift-reference')
const hour = 3600

/** Rows of a table: grams at once, in one piece, in several. */
function table(zone: string, length: number, slack: number): number[][] {
  const file = join(folder ?? '', `${zone}__job${length}h_slack${slack}h.csv.gz`)
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(1)
  return lines.map(line => line.split(',').map(Number))
}

/** Grams of each job of a simulated year, by the pieces in which it ran, and of the whole year as the engine counts them. */
function year(zone: string, length: number, slack: number, jobs: number, interruptible: boolean) {
  const intensity = table(zone, 1, 24).map(row => row[0])
  const model = tinyModel({
    nodes: 2 * (length + slack),
    node: { idleW: 0, busyW: 1000 },
    cluster: { carbon: intensity.map((grams, h) => [h * hour, grams]) },
    workloads: [
      {
        name: 'w',
        trace: Array.from({ length: jobs }, (_, h) => ({ submitS: h * hour, runS: length * hour })),
        checkpoint: { everyS: 1e9, costS: 0, store: 'remote' },
      },
    ],
  })
  const policy = findPolicy('carbon-aware')!.create({
    forecast: 'perfect',
    slackHours: slack,
    reserve: 0,
    interruptible,
  })
  const { log, clusters, total } = simulate(model, policy, { replication: 0, record: { events: true, series: false } })
  expect(total.completed).toBe(jobs)
  const grams = new Float64Array(jobs)
  const begun = new Float64Array(jobs)
  for (const { kind, time, ordinal } of logRows(log!)) {
    if (kind === 'begin') begun[ordinal] = time / hour
    if (kind !== 'finish' && kind !== 'suspend') continue
    for (let h = begun[ordinal]; h < time / hour; h++) grams[ordinal] += intensity[h]
  }
  return { grams, all: clusters.emissionsG[0] }
}

describe.skipIf(folder === null)(
  `limits of carbon shifting${folder === null ? ' (../shared/data is absent)' : ''}`,
  () => {
    const cases = ['DE', 'ES'].flatMap(zone =>
      [1, 6, 24, 168].flatMap(length => [24, 168].map(slack => ({ zone, length, slack }))),
    )

    test.each(cases)('$zone: $length h within $slack h, in one piece and in several', ({ zone, length, slack }) => {
      const published = table(zone, length, slack)
      const jobs = 8760 - length - slack
      for (const column of [1, 2]) {
        const { grams, all } = year(zone, length, slack, jobs, column === 2)
        const worst = Math.max(...grams.map((value, h) => Math.abs(value - published[h][column])))
        expect(worst, `column ${column}`).toBeLessThan(0.02)
        const sum = published.slice(0, jobs).reduce((total, row) => total + row[column], 0)
        expect(all / sum).toBeCloseTo(1, 6)
      }
    })
  },
)
