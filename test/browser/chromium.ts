/** A real browser for the tests of pages; they skip, and say why, where there is none. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

export const hasChromium = existsSync(executablePath)
if (!hasChromium) console.warn(`browser tests skipped: no ${executablePath}; set CHROMIUM_PATH`)

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] })

export interface OpenPage {
  page: Page
  /** Console errors, uncaught errors, violations of the CSP, requests other than for the file itself. */
  complaints: string[]
}

/** Opens a file as a reader would, and writes down whatever should not happen. */
export async function open(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => complaints.push(`uncaught: ${error.message}`))
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', request => {
    if (request.url() !== `file://${file}`) complaints.push(`request: ${request.url()}`)
  })
  await page.goto(`file://${file}`)
  return { page, complaints }
}

/** Scrolls through the page until every chart is live. */
export async function wakeAll(page: Page): Promise<void> {
  const plots = await page.locator('.plot').count()
  for (let i = 0; i < plots; i++) {
    await page.locator('.plot').nth(i).scrollIntoViewIfNeeded()
    await page.locator('.plot').nth(i).and(page.locator('.live')).waitFor()
  }
}
