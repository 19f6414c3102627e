/** Batch heuristics on three jobs of 2, 4 and 8 s of work and two nodes, the second twice as quick: by hand. */
import { describe, expect, it } from 'vitest'
import { run, tinyModel } from '../reference/tiny-model.ts'

const works = [2, 4, 8]
const model = tinyModel({
  clusters: [1, 2].map(speed => ({ name: `speed-${speed}`, groups: [{ nodes: 1, cpuMilli: 1000, speed }] })),
  workloads: [{ name: 'w', trace: works.map(runS => ({ submitS: 0, runS })) }],
})

describe.each([
  // Shortest first, all on the quicker node: 8 s on the other would be over later than after the rest.
  ['min-min', [1, 3, 7]],
  // The longest first, then 4 s on the slower node, and 2 s after the longest.
  ['max-min', [5, 4, 4]],
  // The longest has most to lose; then the shortest, which would have to wait; 4 s are over at 6 on either, so on the first.
  ['sufferage', [2, 6, 4]],
] as const)('%s', (policy, ends) => {
  it('maps as by hand', () => {
    const { waitTime, runTime } = run(model, policy).jobs!
    expect(Array.from(waitTime, (wait, i) => wait + runTime[i])).toEqual(ends)
  })

  it('looks at no more than its window', () => {
    const { waitTime, runTime } = run(model, policy, { window: 1 }).jobs!
    // One after the other: 2 s on the quicker, 4 s there too, for it would be over no later elsewhere.
    expect(Array.from(waitTime, (wait, i) => wait + runTime[i])).toEqual([1, 3, 7])
  })
})
