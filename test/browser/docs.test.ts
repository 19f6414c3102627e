/** The page of the REST interface: drawn in a real browser, under a policy that lets nothing in from elsewhere. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServer } from '../../runner/api/server.ts'
import { Bench, zoneBlackout } from '../plan/fixtures.ts'
import { hasChromium, launch } from './chromium.ts'

/** As in page.test.ts: headless Chromium sometimes stops for good. */
describe.skipIf(!hasChromium)('the page at /docs', { timeout: 60_000, retry: 2 }, () => {
  let browser: Browser
  let url: string
  let close: () => Promise<void>

  beforeAll(async () => {
    const { planner } = new Bench(await zoneBlackout())
    const options = { planner, version: '1.2.3', token: null, log: process.stderr, logLevel: 'error' } as const
    const app = await createServer({ ...options, notReady: () => null })
    await app.listen({ host: '127.0.0.1', port: 0 })
    url = app.listeningOrigin
    close = () => app.close()
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await close()
  })

  it('shows every route, asks nobody else and keeps its policy', async () => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(error.message))
    page.on('request', request => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:')) complaints.push(request.url())
    })
    await page.goto(`${url}/docs`)
    await page.locator('.opblock').first().waitFor({ timeout: 30_000 })
    expect(await page.locator('.opblock').count()).toBe(11)
    expect(await page.locator('.title').first().textContent()).toContain('fabricdt planner')
    expect(complaints).toEqual([])
  })
})
