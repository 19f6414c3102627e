import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { renderPage } from '../../reports/page.ts'
import { verifiedResults } from '../verify/fixture.ts'
import { bundleBrowser } from './bundle.ts'
import { hasChromium, launch, open, wakeAll } from './chromium.ts'

/** Headless Chromium sometimes stops drawing for good in small virtual machines: then once more with a new one. */
describe.skipIf(!hasChromium)('predicted against observed in Chromium', { timeout: 40_000, retry: 2 }, () => {
  let folder: string
  let file: string
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabricdt-verified-'))
    file = join(folder, 'report.html')
    await writeFile(file, await renderPage(verifiedResults(), { script: await bundleBrowser() }))
  }, 60_000)
  beforeEach(async () => {
    browser = await launch()
  })
  afterEach(async () => {
    await browser.close()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('comes alive without a complaint, and axe finds nothing', async () => {
    const { page, complaints } = await open(browser, file)
    await wakeAll(page)
    expect(await page.locator('#verification .plot.live').count()).toBe(6)
    await page.evaluate(axe.source)
    const violations = await page.evaluate(async () => {
      const { axe: injected } = globalThis as unknown as { axe: typeof axe }
      return (await injected.run('#verification')).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
    })
    expect(violations).toEqual([])
    expect(complaints).toEqual([])
  })

  it('tells of a job under the pointer', async () => {
    const { page } = await open(browser, file)
    await wakeAll(page)
    const plot = page.locator('#verification-jobs-1 .plot')
    const mark = plot.locator('svg .mark-symbol path').nth(40)
    await mark.hover({ force: true })
    await expect
      .poll(() => page.locator('#tip').textContent())
      .toMatch(/^jobs \d+: [\d.]+ observed, predicted[\d.]+ s$/)
  })

  it.each([1280, 360])('does not scroll sideways %i pixels wide', async width => {
    const { page } = await open(browser, file, { viewport: { width, height: 800 } })
    await wakeAll(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  })
})
