import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { renderPage } from '../../reports/page.ts'
import { fixtureResults } from '../reports/fixture.ts'
import { hostileResults } from '../reports/hostile.ts'
import { bundleBrowser } from './bundle.ts'
import { hasChromium, launch, open, wakeAll } from './chromium.ts'

/** Headless Chromium sometimes stops drawing for good in small virtual machines: then once more with a new one. */
describe.skipIf(!hasChromium)('the page in Chromium', { timeout: 40_000, retry: 2 }, () => {
  let folder: string
  let file: string
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabricdt-page-'))
    file = join(folder, 'report.html')
    await writeFile(file, await renderPage(fixtureResults(), { script: await bundleBrowser() }))
  }, 60_000)
  beforeEach(async () => {
    browser = await launch()
  })
  afterEach(async () => {
    await browser.close()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('opens without an error, a request or a violation of its policy, and all charts come alive', async () => {
    const { page, complaints } = await open(browser, file)
    await wakeAll(page)
    expect(await page.locator('.plot.live').count()).toBe(await page.locator('figure').count())
    expect(await page.locator('.answer').textContent()).toMatch(/of deadlines/)
    expect(complaints).toEqual([])
  })

  it.each(['light', 'dark'] as const)('gives axe nothing to complain of in the %s', async colorScheme => {
    const { page } = await open(browser, file, { colorScheme })
    await wakeAll(page)
    await openDetails(page)
    await page.evaluate(axe.source)
    const violations = await page.evaluate(async () => {
      const { axe: injected } = globalThis as unknown as { axe: typeof axe }
      return (await injected.run()).violations.map(
        ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html.slice(0, 200)}`,
      )
    })
    expect(violations).toEqual([])
  })

  it('shows every chart, the tables and no dead control with JavaScript off', async () => {
    const { page, complaints } = await open(browser, file, { javaScriptEnabled: false })
    const plots = await page.locator('.plot > svg').all()
    expect(plots.length).toBe(await page.locator('figure').count())
    for (const plot of plots) expect((await plot.boundingBox())?.height).toBeGreaterThan(80)
    expect(await page.locator('button:visible').count()).toBe(0)
    expect(await page.locator('table.policies tbody tr').count()).toBe(3)
    expect(complaints).toEqual([])
  })

  it.each([1280, 390, 360])('does not scroll sideways %i pixels wide, with everything unfolded', async width => {
    const { page } = await open(browser, file, { viewport: { width, height: 800 } })
    await wakeAll(page)
    await openDetails(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    const wide = await page
      .locator('.plot.live svg')
      .evaluateAll(list => list.filter(svg => svg.getBoundingClientRect().right > innerWidth + 1).length)
    expect(wide).toBe(0)
  })

  it('sorts tables by keyboard', async () => {
    const { page } = await open(browser, file)
    const column = page.locator('table.policies thead th').nth(3)
    const values = () =>
      page
        .locator('table.policies tbody td:nth-child(4)')
        .evaluateAll(cells => cells.map(cell => Number((cell as HTMLElement).dataset.sort)))
    await column.locator('button').focus()
    await page.keyboard.press('Enter')
    expect(await column.getAttribute('aria-sort')).toBe('ascending')
    const ascending = await values()
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b))
    await page.keyboard.press('Space')
    expect(await column.getAttribute('aria-sort')).toBe('descending')
    expect(await values()).toEqual(ascending.reverse())
    await page.locator('table.policies thead th').first().locator('button').press('Enter')
    expect(await page.locator('table.policies [aria-sort]').count()).toBe(1)
    expect(await page.locator('table.policies tbody th').allInnerTexts()).toEqual([
      'fcfs',
      'greedy-latency',
      'resilient',
    ])
  })

  it('tells what is under the pointer', async () => {
    const { page } = await open(browser, file)
    const plot = page.locator('#utilisation .plot')
    await plot.scrollIntoViewIfNeeded()
    await page.locator('#utilisation .plot.live').waitFor()
    await plot.hover({ position: { x: 250, y: 120 } })
    expect(await page.locator('#tip').textContent()).toMatch(
      /min[\s\S]*fcfs[\s\S]*% \(.* to .*\)[\s\S]*greedy-latency[\s\S]*resilient/,
    )
    await page.locator('#difference-energy .plot').scrollIntoViewIfNeeded()
    await page.locator('#difference-energy .plot.live').waitFor()
    await page
      .locator('#difference-energy .plot path[aria-label], #difference-energy .mark-symbol path')
      .first()
      .hover()
    expect(await page.locator('#tip').textContent()).toMatch(/fcfs \u2212 .*[\s\S]*kWh/)
  })

  it('looks closer at a failure by a button, at any stretch by dragging, and back', async () => {
    const { page } = await open(browser, file)
    await page.locator('#utilisation .plot').scrollIntoViewIfNeeded()
    await page.locator('#utilisation .plot.live').waitFor()
    const labels = async () =>
      (await page.locator('#utilisation .plot.live svg text').allTextContents()).sort().join(' ')
    const whole = await labels()
    const button = page.locator('.zoom button', { hasText: 'zone eu-1' })
    await button.press('Enter')
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    await expect.poll(labels).not.toBe(whole)
    await page.locator('.zoom button').first().click()
    await expect.poll(labels).toBe(whole)
    await page.locator('#utilisation .plot').scrollIntoViewIfNeeded()
    const box = await page.locator('#utilisation .plot').boundingBox()
    if (box === null) throw new Error('no box')
    await page.mouse.move(box.x + 200, box.y + 120)
    await page.mouse.down()
    await page.mouse.move(box.x + 300, box.y + 120, { steps: 4 })
    await page.mouse.up()
    await expect.poll(labels).not.toBe(whole)
    await page.mouse.dblclick(box.x + 250, box.y + 120)
    await expect.poll(labels).toBe(whole)
  })

  it('hands out each chart as SVG on its own and as CSV', async () => {
    const { page } = await open(browser, file)
    const download = async (id: string, kind: string) => {
      const waiting = page.waitForEvent('download')
      await page.locator(`#${id} [data-download=${kind}]`).click()
      const item = await waiting
      return { name: item.suggestedFilename(), text: await readFile(await item.path(), 'utf8') }
    }
    const svg = await download('power', 'svg')
    expect(svg.name).toBe('power.svg')
    expect(svg.text).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(svg.text).toContain('<title>Power</title>')
    expect(svg.text).not.toMatch(/var\(|currentColor/)
    const csv = await download('power', 'csv')
    const lines = csv.text.trimEnd().split('\r\n')
    expect(lines[0]).toBe('policy,time_min,power_mean_kW,power_low_kW,power_high_kW')
    expect(lines.length).toBe(1 + fixtureResults().series.reduce((sum, series) => sum + series.timeS.length, 0))
    expect(lines[1].split(',')).toHaveLength(5)
  })

  it('takes hostile names for what they are: text', async () => {
    const hostile = join(folder, 'hostile.html')
    await writeFile(hostile, await renderPage(hostileResults(), { script: await bundleBrowser() }))
    const { page, complaints } = await open(browser, hostile)
    await wakeAll(page)
    expect(await page.locator('img, iframe, main script, marquee').count()).toBe(0)
    expect(await page.locator('h1').textContent()).toBe(hostileResults().scenario.name)
    expect(await page.locator('table.policies tbody th').first().textContent()).toBe(hostileResults().policies[0].label)
    expect(complaints).toEqual([])
  })

  it('prints without controls', async () => {
    const { page } = await open(browser, file)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('.tools').first().isVisible()).toBe(false)
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  })
})

const openDetails = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
