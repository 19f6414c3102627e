/**
 * Batsim (evalys' example medium_late: 801 jobs, 32 hosts): when each job starts under EASY and conservative backfilling.
 * EASY there reserves the concrete lowest-numbered hosts; conservative keeps reservations and moves them forward, in order,
 * when a job ends before its time. All 801 start times are met by both, so there is none to be named. The textbook's EASY
 * (`count`) meets 725 and RLScheduler's (`time`) 709; a conservative that makes all reservations anew, as WRENCH does, 750.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { findPolicy, type Model, simulate } from '../../engine/index.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import { sharedPath } from '../shared.ts'

interface BatsimJob {
  id: number
  subtime: number
  res: number
  walltime: number
  profile: string
}

const folder = sharedPath('data/batsim-reference')

describe.skipIf(folder === null)(`Batsim's start times${folder === null ? ' (../shared/data is absent)' : ''}`, () => {
  let sorted: BatsimJob[] = []
  let model: Model
  beforeAll(() => {
    const { jobs, profiles } = JSON.parse(readFileSync(`${folder}/medium_late.json`, 'utf8'))
    sorted = jobs.sort((a: BatsimJob, b: BatsimJob) => a.subtime - b.subtime)
    const trace = sorted.map(({ subtime, res, walltime, profile }) => ({
      submitS: subtime,
      runS: profiles[profile].delay,
      estimateS: walltime,
      request: { tasks: res },
    }))
    model = tinyModel({ nodes: 32, workloads: [{ name: 'w', trace }] })
  })

  /** Job ids by their rows, and start times, which are printed with six decimals. */
  function published(variant: string): Map<number, number> {
    const text = gunzipSync(readFileSync(`${folder}/${variant}__out_jobs.csv.gz`)).toString()
    const rows = text.trim().split('\n').slice(1)
    return new Map(rows.map(row => row.split(',').map(Number)).map(row => [row[0], row[7]]))
  }

  function run(policy: string, options = {}) {
    const result = simulate(model, findPolicy(policy)!.create(options), { replication: 0, record: { jobs: true } })
    const { submitTime, waitTime } = result.jobs!
    const starts = published(policy)
    const met = sorted.filter(({ id }, i) => Math.abs(submitTime[i] + waitTime[i] - starts.get(id)!) < 1e-5)
    const meanWaitS = waitTime.reduce((sum, wait) => sum + wait, 0) / waitTime.length
    return { met: met.length, makespan: result.endS.toFixed(2), meanWait: meanWaitS.toFixed(3) }
  }

  it('EASY that reserves hosts: all 801', () => {
    expect(run('easy', { reservation: 'hosts' })).toEqual({ met: 801, makespan: '16088.51', meanWait: '9.516' })
  })

  it('conservative: all 801', () => {
    expect(run('conservative', { replan: 'forward' })).toEqual({ met: 801, makespan: '16088.51', meanWait: '9.852' })
  })

  it('other EASYs: 725 and 709', () => {
    expect([run('easy').met, run('easy', { reservation: 'time' }).met]).toEqual([725, 709])
  })

  it('another conservative: 750', () => {
    expect(run('conservative').met).toBe(750)
  })
})
