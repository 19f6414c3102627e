import { describe, expect, it, vi } from 'vitest'
import { digitsOf, inDigits, stepsOf } from '../../reports/charts/sweep/steps.ts'
import { pointViews } from '../../reports/lookup.ts'
import { expectationCounts } from '../../reports/page/expectation-sweep.ts'
import type { Phrase } from '../../reports/page/stakes.ts'
import { sweepDetails } from '../../reports/page/sweep-details.ts'
import { sweepVerdict } from '../../reports/page/sweep-verdict.ts'
import { renderPage } from '../../reports/page.ts'
import type { Results } from '../../reports/results.ts'
import { joinPoints } from '../../reports/summary.ts'
import { fixtureTrials } from './fixture.ts'
import { fixtureClusters } from './fixture-runs.ts'
import { hostileResults, rename } from './hostile.ts'
import { summarizeTrials } from './summarize-trials.ts'
import { arch, nodes, pointsOf, power, rate, sweepResults } from './sweep-fixture.ts'

const part = (point: number, policies = ['fcfs', 'resilient'], replications = 2) =>
  summarizeTrials({
    point,
    policies,
    clusters: fixtureClusters.map(cluster => cluster.name),
    trials: fixtureTrials().filter(trial => trial.replication < replications && policies.includes(trial.policy)),
    expectations: [],
    random: true,
    steadyAfterS: null,
  })

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/\u2060/g, '')
const join = (phrases: Phrase[]) => plain(phrases.map(phrase => phrase.text).join(''))
const sentence = (results: Results) => join(sweepVerdict(results))

describe('points put together', () => {
  it('are in their order, whatever the order of the parts', () => {
    const joined = joinPoints([part(2), part(0), part(1)])
    expect(joined).toEqual(joinPoints([part(0), part(1), part(2)]))
    expect([...new Set(joined.rows.map(row => row.point))]).toEqual([0, 1, 2])
    expect(joined.rows.filter(row => row.point === 1)).toEqual(part(1).rows)
  })

  it('are one point as it is', () => {
    expect(joinPoints([part(0)])).toEqual(part(0))
  })

  it('have curves for the first twelve only, and say so', () => {
    const joined = joinPoints(Array.from({ length: 14 }, (_, point) => part(point, ['fcfs'], 1)))
    expect([...new Set(joined.series.map(row => row.point))]).toEqual(Array.from({ length: 12 }, (_, i) => i))
    expect([...new Set(joined.distributions.map(row => row.point))]).toHaveLength(12)
    expect(joined.warnings).toEqual([
      { point: null, message: 'Series over time and distributions are kept for the first 12 of 14 points.' },
      { point: null, message: 'One replication only: figures have no error bar, and differences no test.' },
    ])
  })

  it('warn of one point by its number', () => {
    const joined = joinPoints([part(0), part(1, ['fcfs', 'gone'])])
    expect(joined.warnings).toContainEqual({ point: 1, message: 'gone: no trial ended; there are no figures for it.' })
  })

  it('have as headlines what was measured anywhere', () => {
    expect(part(0).metrics.find(({ name }) => name === 'emissions')?.headline).toBe(false)
    const emissions = sweepResults([rate]).metrics.find(({ name }) => name === 'emissions')
    expect(emissions?.headline).toBe(true)
  })
})

describe('the verdict of a sweep', () => {
  it('says who is best where, in one factor from which level on', () => {
    expect(sentence(sweepResults([rate]))).toBe(
      'greedy-latency misses the fewest deadlines at 3 of 6 points (camera arrivals rate from 8/s on) and resilient at 3 (camera arrivals rate up to 6/s).',
    )
  })

  it('is borne out by the widest lead, and by what the levels do', () => {
    expect(join(sweepDetails(sweepResults([rate])))).toMatch(
      /^The lead is widest at camera arrivals rate 10\/s: greedy-latency misses \d+ % \(.*\) of deadlines, \d+ percentage points fewer than fcfs, .* energy\. greedy-latency misses [\d.]+ % .* at camera arrivals rate \S+, and [\d.]+ % \(.*\) at camera arrivals rate 12\/s\.$/,
    )
    expect(sweepDetails(sweepResults([rate], ['fcfs']))).toEqual([])
  })

  it('counts where no box of levels holds the points', () => {
    expect(sentence(sweepResults([rate, nodes]))).toMatch(
      /^resilient misses the fewest deadlines at \d+ of 30 points and greedy-latency at \d+\.$/,
    )
  })

  it('knows one policy by its extremes', () => {
    expect(sentence(sweepResults([rate], ['fcfs']))).toMatch(
      /^fcfs misses 9\.\d % \(\S* %\) of deadlines at camera arrivals rate \d\/s, and 37 % \(\S* %\) at camera arrivals rate 12\/s\.$/,
    )
  })

  it('says that nobody wins where nobody does, and who is never beaten', () => {
    const results = sweepResults([rate])
    const tied = {
      ...results,
      comparisons: results.comparisons.map(row => ({ ...row, significant: false, better: null })),
    }
    expect(sentence(tied)).toBe('At none of 6 points can the best by deadline misses be told from the next.')
    const half = {
      ...results,
      comparisons: results.comparisons.map(row => (row.point > 2 ? row : { ...row, significant: false, better: null })),
    }
    expect(sentence(half)).toMatch(
      /; at 3 the first place is shared\. .* is the best, or not to be told from it, at every point\.$/,
    )
  })

  it('says where nothing is bounded', () => {
    const results = sweepResults([rate])
    const rows = results.rows.map(row =>
      row.point === 5 && row.metric === 'deadlineMisses'
        ? { ...row, estimate: null, low: null, high: null, method: 'unbounded' }
        : row,
    )
    expect(sentence({ ...results, rows })).toContain('; at one nothing could be measured, or it is unbounded.')
    const none = { ...results, ...joinPoints(results.points.map(({ index }) => ({ ...part(index, ['fcfs'], 0) }))) }
    expect(sentence(none)).toBe('No job completed at any point, so there is nothing to compare.')
  })
})

describe('expectations of a sweep', () => {
  it('are counted over the points, with the worst of them', () => {
    const results = sweepResults([rate])
    const counts = expectationCounts(results)
    expect(counts).toHaveLength(10)
    for (const { pass, fail, inconclusive } of counts) expect(pass + fail + inconclusive).toBe(6)
    const latency = counts.find(row => row.subject === 'resilient' && row.text.startsWith('latency'))
    expect(latency).toMatchObject({ worst: 'camera arrivals rate 12/s' })
  })
})

describe('steps of a map', () => {
  it('lie between round numbers, equal where values are close', () => {
    expect(stepsOf([0, 3, 7])).toEqual([1, 2, 3, 4, 5, 6])
    expect(stepsOf([0.85, 1.3])).toEqual([0.9, 1, 1.1, 1.2])
    expect(stepsOf([0.004, 0.9])).toEqual([0.01, 0.03, 0.1, 0.3])
    expect(stepsOf([5, 5])).toEqual([])
    expect(stepsOf([])).toEqual([])
    for (const values of [
      [1, 40_000],
      [1e-6, 1],
      [0, 1, 1e9],
      [0, 0, 3],
    ])
      expect(stepsOf(values).length).toBeLessThan(7)
  })

  it('have two digits where values are far apart', () => {
    expect(digitsOf([0.4, 96])).toBe(2)
    expect(digitsOf([0.8, 1.3])).toBe(3)
    expect([0.404, 9.06, 63.4, 0, 99.7].map(value => inDigits(value, 2))).toEqual(['0.40', '9.1', '63', '0', '100'])
    expect(inDigits(-12.34, 3)).toBe('\u221212.3')
  })
})

describe('the page of a sweep', { timeout: 60_000 }, () => {
  const figures = (html: string) => [...html.matchAll(/<figure id="([^"]*)"/g)].map(match => match[1])

  it('of one number has lines for each metric', async () => {
    const html = await renderPage(sweepResults([rate]), { script: '' })
    expect(figures(html)).toEqual(
      expect.arrayContaining(['level-deadlineMisses', 'level-emissions', 'level-difference-energy']),
    )
    expect(figures(html).filter(id => /^(map|winner|difference-)/.test(id))).toEqual([])
    expect(figures(html)).toContain('utilisation')
    expect(html).toContain('the first point, camera arrivals rate 2/s')
  })

  it('labels an axis as the file writes its levels, far apart or not, and makes Vega say nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const factor = { path: 'spec.workloads.camera.job.checkpoint.every', levels: ['1m', '10m', '24h'] }
    const html = await renderPage(sweepResults([factor]), { script: '' })
    const chart = html.match(/<figure id="level-energy">[\s\S]*?<\/figure>/)?.[0] as string
    for (const level of factor.levels) expect(chart).toContain(`>${level}</text>`)
    expect(warn).not.toHaveBeenCalled()
    warn.mockRestore()
  })

  it('of one name has dots', async () => {
    const html = await renderPage(sweepResults([arch]), { script: '' })
    expect(figures(html)).toContain('level-deadlineMisses')
    expect(html).toContain('raspberry-pi-5')
  })

  it('of two factors has a map for each policy and pair, and one of winners', async () => {
    const ids = figures(await renderPage(sweepResults([rate, nodes]), { script: '' }))
    expect(ids.filter(id => id.startsWith('map-deadlineMisses'))).toHaveLength(3)
    expect(ids.filter(id => id.startsWith('winner-deadlineMisses'))).toHaveLength(1)
    expect(ids.filter(id => id.startsWith('difference-map-deadlineMisses'))).toHaveLength(3)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('of three has one for each level of the third, and a table of all points, within 15 MB', async () => {
    const results = sweepResults([rate, nodes, power])
    const html = await renderPage(results)
    expect(results.points).toHaveLength(60)
    expect(html.length).toBeLessThan(8_000_000)
    const ids = figures(html)
    expect(ids.filter(id => id.startsWith('map-energy'))).toHaveLength(6)
    const table = html.match(/<table class="points sortable">[\s\S]*?<\/table>/)?.[0] as string
    expect(table.match(/<tr>/g)).toHaveLength(1 + 60 * 3)
    expect(table).toContain('data-sort="12"')
  })

  it('of eleven policies stays within 15 MB and shows pairs with the best only', async () => {
    const policies = Array.from({ length: 11 }, (_, i) => `policy-${i + 1}`)
    const html = await renderPage(sweepResults([rate, nodes], policies), { script: '' })
    expect(html.length).toBeLessThan(15_000_000)
    expect(figures(html).filter(id => id.startsWith('difference-map-energy'))).toHaveLength(10)
  })

  it('takes a grid with holes and points without figures', async () => {
    const results = sweepResults([rate, nodes])
    const kept = results.points.filter(({ index }) => index % 3 !== 1)
    const holes = {
      ...results,
      points: kept,
      rows: results.rows.map(row =>
        row.point === 0 ? { ...row, estimate: null, low: null, high: null, method: 'unbounded' } : row,
      ),
    }
    const html = await renderPage(holes, { script: '' })
    expect(html).toContain('\u221e')
    expect(pointViews(holes)).toHaveLength(20)
  })

  it('escapes names of factors and levels', async () => {
    const results = rename({
      ...sweepResults([arch, rate]),
      scenario: hostileResults().scenario,
    }) as Results
    const html = (await renderPage(results, { script: '' })).replace(/<style>[\s\S]*?<\/style>/, '')
    expect(html).not.toMatch(/<(img|iframe|marquee|b on|script>)/)
  })

  it('does not offer a choice of points that differ in their failures', async () => {
    const factor = { path: 'spec.failures[0].for', levels: ['10m', '20m'] }
    const html = await renderPage(sweepResults([factor]), { script: '' })
    expect(html).not.toContain('<select>')
    expect(pointsOf([factor])).toHaveLength(2)
  })
})
