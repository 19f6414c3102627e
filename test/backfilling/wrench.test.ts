/** WRENCH's batch tests: four nodes; jobs of (nodes, seconds), submitted together, and when they end. */
import { describe, expect, it } from 'vitest'
import { run, tinyModel } from '../reference/tiny-model.ts'

function ends(policy: string, jobs: [tasks: number, runS: number, estimateS: number][], options = {}): number[] {
  const trace = jobs.map(([tasks, runS, estimateS]) => ({ submitS: 0, runS, estimateS, request: { tasks } }))
  const { waitTime, runTime } = run(tinyModel({ nodes: 4, workloads: [{ name: 'w', trace }] }), policy, options).jobs!
  return Array.from(waitTime, (wait, i) => wait + runTime[i])
}

const short: [number, number, number][] = [
  [2, 60, 60],
  [4, 30, 30],
  [2, 30, 30],
  [2, 50, 50],
]
const long: [number, number, number][] = [
  [2, 60, 600],
  [2, 60, 120],
  [4, 60, 120],
  [2, 60, 300],
]

describe('WRENCH', () => {
  it.each(['count', 'time', 'hosts'])('EASY, reservation %s', reservation => {
    expect(ends('easy', short, { reservation })).toEqual([60, 90, 30, 140])
  })

  it('conservative, reservations anew', () => expect(ends('conservative', long)).toEqual([60, 60, 120, 180]))

  it('conservative that keeps them, as Batsim does: the wide job waits for what the last one was promised', () => {
    expect(ends('conservative', long, { replan: 'forward' })).toEqual([60, 60, 180, 120])
  })

  it('without backfilling', () => expect(ends('fcfs', short)).toEqual([60, 90, 120, 140]))
})
