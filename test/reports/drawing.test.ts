import { afterAll, expect, it } from 'vitest'
import { DrawingThread } from '../../reports/charts/drawing-thread.ts'
import { renderPage } from '../../reports/page.ts'
import type { Results } from '../../reports/results.ts'
import { fixtureResults } from './fixture.ts'
import { nodes, rate, sweepResults } from './sweep-fixture.ts'

const thread = new DrawingThread()
afterAll(() => thread.close())

it.each<[string, () => Results]>([
  ['one point', fixtureResults],
  ['a sweep with points to choose from', () => sweepResults([nodes, rate])],
])('a thread draws %s as the caller would, to the byte', async (_name, results) => {
  const here = await renderPage(results(), { script: '' })
  expect(await renderPage(results(), { script: '', draw: thread.draw })).toBe(here)
})
