/**
 * Batsim (evalys' example medium_late, `easy_subpart5`: 801 jobs, 32 hosts of which at most half sleep): 28.460 MJ. Its
 * own starts and switches, replayed, come to that. Its scheduler is another EASY (a job waits from 240.9 to 309.0 s
 * while it would fit, before anything sleeps) that looks at idle hosts from its first monitoring at 300 s on; ours,
 * which has half of them asleep from 6.1 s on, comes within 1 %.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Choice, findPolicy, type Model, type Pass, type Policy, simulate } from '../../engine/index.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import { sharedPath } from '../shared.ts'

const folder = sharedPath('data/batsim-reference')

/** `0-2 5` is 0, 1, 2, 5. */
const hostsOf = (text: string): number[] =>
  text.split(' ').flatMap(part => {
    const [first, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })

const rowsOf = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map(row => row.split(','))

interface Start {
  readonly startS: number
  readonly hosts: readonly number[]
}

/** Times are printed with so many decimals. */
const rounding = 1e-5

/** Places each job when and where it was placed then, or as soon after as its hosts are free, and sends the same hosts to sleep. */
class Replay implements Policy, Choice {
  readonly order = findPolicy('fcfs')!.create({}).order
  readonly switches = true
  readonly score = Number.NaN
  /** By submission: no two jobs have the same. */
  private readonly starts: ReadonlyMap<number, Start>
  private readonly sleeps: Start[]
  private hosts: readonly number[] = []

  constructor(starts: ReadonlyMap<number, Start>, sleeps: readonly Start[]) {
    this.starts = starts
    this.sleeps = [...sleeps]
  }

  decide(pass: Pass): void {
    pass.lookAhead()
    const nextS: number[] = []
    for (let stage = pass.following(-1); stage >= 0; stage = pass.following(stage)) {
      const { startS, hosts } = this.starts.get(pass.submitTimeOf(stage))!
      this.hosts = hosts
      if (startS <= pass.now + rounding) pass.place(stage, this)
      else nextS.push(startS)
    }
    while (this.sleeps.length > 0 && this.sleeps[0].startS <= pass.now + rounding)
      for (const host of this.sleeps.shift()!.hosts) pass.power(host, false)
    nextS.push(...this.sleeps.slice(0, 1).map(({ startS }) => startS))
    if (nextS.length > 0) pass.askAt(Math.min(...nextS))
  }

  choose(pass: Pass, stage: number): number {
    return this.hosts.find(host => pass.fits(stage, host)) ?? -1
  }
}

describe.skipIf(folder === null)(`Batsim's joules${folder === null ? ' (../shared/data is absent)' : ''}`, () => {
  let model: Model
  let published: { joules: number; makespanS: number }
  let starts: Map<number, Start>
  let sleeps: Start[]

  beforeAll(() => {
    const text = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8')
    const { jobs, profiles } = JSON.parse(text('medium_late.json'))
    const trace = jobs.map(({ subtime, res, walltime, profile }: Record<string, never>) => ({
      submitS: subtime,
      runS: profiles[profile].delay,
      estimateS: walltime,
      request: { tasks: res },
    }))
    const power = {
      idleW: 95,
      busyW: 95,
      offW: 9.75,
      bootS: 152,
      bootW: 125.1743849,
      shutdownS: 6.1,
      shutdownW: 100.996721311,
    }
    model = tinyModel({ nodes: 32, node: power, workloads: [{ name: 'w', trace }] })
    const [joules, makespanS] = rowsOf(text('easy_subpart5__out_schedule.csv'))[0].map(Number)
    published = { joules, makespanS }
    sleeps = rowsOf(text('easy_subpart5__out_pstate_changes.csv'))
      .filter(([, , state]) => state === '-2')
      .map(([at, hosts]) => ({ startS: Number(at) + 0.001, hosts: hostsOf(hosts) }))
    const rows = rowsOf(gunzipSync(readFileSync(`${folder}/easy_subpart5__out_jobs.csv.gz`)).toString())
    const submitOf = new Map<number, number>(jobs.map(({ id, subtime }: Record<string, number>) => [id, subtime]))
    starts = new Map(
      rows.map(row => [submitOf.get(Number(row[0]))!, { startS: Number(row[7]), hosts: hostsOf(row[14]) }]),
    )
  })

  it('with its own starts and switches: 28.460 MJ', () => {
    expect(starts.size).toBe(801)
    const run = simulate(model, new Replay(starts, sleeps), { replication: 0 })
    expect(run.total.completed).toBe(801)
    expect(run.endS).toBeCloseTo(published.makespanS, 4)
    expect(Math.abs(run.clusters.energyJ[0] / published.joules - 1)).toBeLessThan(1e-7)
    expect(run.boots).toBe(0)
  })

  it('with our EASY and half of the nodes awake: within 1 %', () => {
    const policy = findPolicy('easy')!.create({ reservation: 'hosts', switchOff: { awake: 0.5, wake: 'stuck' } })
    const run = simulate(model, policy, { replication: 0 })
    expect(run.boots).toBe(0)
    expect((run.clusters.energyJ[0] / 1e6).toFixed(3)).toBe('28.186')
    expect(Math.abs(run.clusters.energyJ[0] / published.joules - 1)).toBeLessThan(0.01)
  })
})
