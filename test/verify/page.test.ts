import { describe, expect, test } from 'vitest'
import { outcomes } from '../../engine/result.ts'
import { junit } from '../../reports/junit.ts'
import { renderPage } from '../../reports/page.ts'
import { verifyText } from '../../runner/cli/verify-text.ts'
import { fixtureResults } from '../reports/fixture.ts'
import { verifiedResults } from './fixture.ts'
import { compareWorlds, observe, world } from './worlds.ts'

const results = verifiedResults()

const plain = (html: string) =>
  html
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\u00a0]+/g, ' ')

describe('the page', { timeout: 30_000 }, () => {
  test('tells what was executed right after the verdict, with tables and figures', async () => {
    const html = await renderPage(results, { script: '' })
    const part = html.slice(html.indexOf('<section id="verification"'), html.indexOf('<section id="policies"'))
    const text = plain(part)
    expect(text).toContain('Predicted against observed: The prediction is off')
    expect(text).toMatch(/Start-up, mean ✗ off .*±10 %/)
    expect(text).toMatch(/Run time, mean ○ given 9/)
    expect(text).toMatch(/most of it is start-up/)
    expect(text).toContain('energy: no meter &lt;here&gt;')
    expect(text).toMatch(/zone eu-1, b lease loss 1 min 1 min 10\.8 s \(predicted 10 s\) –/)
    expect(text).toMatch(/By latency\.mean the policies rank alike/)
    for (const id of ['jobs', 'clusters', 'time'])
      for (const p of [1, 2]) expect(part).toContain(`<figure id="verification-${id}-${p}">`)
    expect(html).toContain('<a href="#verification">Observed</a>')
    expect(html.length).toBeLessThan(1_500_000)
  })

  test('of a prediction alone says nothing of it', async () => {
    expect(await renderPage(fixtureResults(), { script: '' })).not.toContain('verification')
  })
})

test('an execution in which nothing completed is told without a figure', async () => {
  const scenario = world()
  const seen = observe(scenario)
  const nothing = {
    ...seen,
    jobs: {
      ...seen.jobs,
      latency: seen.jobs.latency.fill(Number.NaN),
      outcome: seen.jobs.outcome.fill(outcomes.indexOf('unfinished')),
    },
  }
  const verification = compareWorlds(scenario, [nothing])
  expect(verification.verdict).toBe('fail')
  expect(verification.policies[0].jobs.compared).toBe(0)
  const outcome = verification.policies[0].rows.find(({ quantity }) => quantity === 'outcome')
  expect(outcome).toMatchObject({ observed: 0, status: 'fail' })
  expect(verification.policies[0].rows.find(({ quantity }) => quantity === 'latency')?.status).toBe('inconclusive')
  const html = await renderPage({ ...fixtureResults(), verification }, { script: '' })
  expect(html).not.toContain('<figure id="verification')
  expect(plain(html)).not.toMatch(/NaN|Infinity/)
  expect(verifyText(verification)).not.toMatch(/NaN|Infinity/)
})

test('JUnit has a case for each quantity that is judged', () => {
  const xml = junit(results)
  expect(xml).toMatch(
    /name="verification: Start-up, mean" time="0"><failure type="fail" message="predicted .*tolerated 10/,
  )
  expect(xml).toMatch(
    /name="verification: Energy, total" time="0"><skipped message="inconclusive: .*no meter &lt;here&gt;/,
  )
  expect(xml).not.toContain('verification: Run time')
})

test('the terminal has a table a policy and the verdict last', () => {
  const lines = verifyText(results.verification ?? expect.fail()).split('\n')
  expect(lines[0]).toBe('predicted against observed on fake')
  expect(lines.at(-2)).toBe('✗ the prediction is off')
  expect(lines.filter(line => /^✗ start-up, mean/.test(line))).toHaveLength(2)
  expect(lines.filter(line => /^○ run time, mean .*±10\s%$/.test(line))).toHaveLength(2)
  expect(lines).toContain('not measured: energy: no meter <here>')
})
