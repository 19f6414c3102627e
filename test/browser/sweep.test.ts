import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { renderPage } from '../../reports/page.ts'
import type { Band, Results } from '../../reports/results.ts'
import { nodes, rate, sweepResults } from '../reports/sweep-fixture.ts'
import { bundleBrowser } from './bundle.ts'
import { hasChromium, launch, open } from './chromium.ts'

/** As in page.test.ts: headless Chromium sometimes stops drawing for good. */
describe.skipIf(!hasChromium)('the page of a sweep in Chromium', { timeout: 60_000, retry: 2 }, () => {
  let folder: string
  const files = { one: '', two: '' }
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabricdt-sweep-'))
    const script = await bundleBrowser()
    for (const [name, factors] of [
      ['one', [rate]],
      ['two', [rate, nodes]],
    ] as const) {
      files[name] = join(folder, `${name}.html`)
      await writeFile(files[name], await renderPage(withQuietPoint(sweepResults(factors)), { script }))
    }
  }, 90_000)
  beforeEach(async () => {
    browser = await launch()
  })
  afterEach(() => browser.close())
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(['one', 'two'] as const)('of %s factors comes alive without a complaint', async name => {
    const { page, complaints } = await open(browser, files[name])
    await openGroups(page)
    expect(await wakeVisible(page)).toBeGreaterThan(20)
    expect(complaints).toEqual([])
  })

  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  it.each(['light', 'dark'] as const)('gives axe nothing to complain of in the %s', async colorScheme => {
    const { page } = await open(browser, files.two, { colorScheme })
    await wakeVisible(page)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    await page.evaluate(await readFile(axe, 'utf8'))
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
      }
      return (await axe.run()).violations.map(
        ({ id, impact, nodes: found }) => `${impact} ${id}: ${found[0].html.slice(0, 200)}`,
      )
    })
    expect(violations).toEqual([])
  })

  it('shows maps and the point of its curves with JavaScript off', async () => {
    const { page, complaints } = await open(browser, files.two, { javaScriptEnabled: false })
    expect(await page.locator('#sweep details[open] .plot > svg').count()).toBe(4)
    expect(await page.locator('#time .at').textContent()).toContain('the first point, camera arrivals rate 2/s')
    expect(await page.locator('select:visible').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it.each([1280, 390])('does not scroll sideways %i pixels wide', async width => {
    const { page } = await open(browser, files.two, { viewport: { width, height: 800 } })
    await openGroups(page)
    await wakeVisible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  })

  it('tells the cell under the pointer, and all policies at a level', async () => {
    const { page } = await open(browser, files.two)
    await hover(page, '#map-deadlineMisses-1-1', 120, 120)
    await expect
      .poll(() => page.locator('#tip').textContent())
      .toMatch(/^camera arrivals rate \d+\/s, edge-microdc nodes \d+[\d.]+ % \(/)
    await page.goto(`file://${files.one}`)
    await hover(page, '#level-deadlineMisses', 260, 120)
    await expect.poll(() => page.locator('#tip').textContent()).toMatch(/\/s.*fcfs.*greedy-latency.*resilient/s)
  })

  it('shows the curves of another point, with their words and data, and goes back', async () => {
    const { page, complaints } = await open(browser, files.one)
    const about = page.locator('#utilisation figcaption p')
    const words = await about.textContent()
    const cells = () => page.locator('#utilisation table :is(caption, th, td)').allTextContents()
    const before = await cells()
    await page.locator('.choice select').first().selectOption({ index: 4 })
    expect(await page.locator('.choice select').last().inputValue()).toBe('camera arrivals rate 10/s')
    await page.locator('#utilisation .plot').scrollIntoViewIfNeeded()
    await page.locator('#utilisation .plot.live').waitFor()
    expect(await about.textContent()).not.toBe(words)
    expect((await cells()).length).toBe(before.length)
    expect(await cells()).not.toEqual(before)
    await page.locator('.choice select').first().selectOption({ index: 0 })
    await page.locator('#utilisation .plot.live').waitFor()
    expect(await about.textContent()).toBe(words)
    expect(await cells()).toEqual(before)
    expect(complaints).toEqual([])
  })

  it('sorts points by the numbers of their levels', async () => {
    const { page } = await open(browser, files.two)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    await page.locator('table.points thead th').first().locator('button').press('Enter')
    const levels = await page.locator('table.points tbody th:first-child').allInnerTexts()
    const numbers = levels.map(Number.parseFloat)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect(levels).toHaveLength(90)
  })
})

/** The fifth point uses half of what the others do. */
const withQuietPoint = (results: Results): Results => ({
  ...results,
  series: results.series.map(row => (row.point === 4 ? { ...row, utilisation: halved(row.utilisation) } : row)),
})

const halved = ({ mean, low, high }: Band): Band => {
  const half = (column: number[]) => column.map(value => value / 2)
  return { mean: half(mean), low: half(low), high: half(high) }
}

const openGroups = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('details.group')) details.open = true
  })

/** Scrolls to every chart that is not folded away, until it is live; gives their number. */
async function wakeVisible(page: Page): Promise<number> {
  const plots = await page.locator('.plot:visible').all()
  for (const plot of plots) {
    await plot.scrollIntoViewIfNeeded()
    await plot.and(page.locator('.live')).waitFor()
  }
  return plots.length
}

async function hover(page: Page, figure: string, x: number, y: number): Promise<void> {
  const plot = page.locator(`${figure} .plot`)
  await plot.scrollIntoViewIfNeeded()
  await page.locator(`${figure} .plot.live`).waitFor()
  await plot.hover({ position: { x, y } })
}
