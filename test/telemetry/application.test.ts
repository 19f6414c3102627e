import { expect, it } from 'vitest'
import { applicationFigures } from '../../runner/telemetry/application.ts'
import type { Prometheus } from '../../runner/telemetry/prometheus.ts'
import { SeriesBook } from '../../runner/telemetry/series.ts'

const between = { fromMs: 1_000_000, toMs: 1_100_000 }
const names = {
  latency: 'http_request_duration_seconds',
  requests: 'http_requests_total',
  errors: 'code=~"5.."',
  selector: '',
}

/** Answers by what a query is about; null: it has no such series. */
function prometheus(values: { p95: number | null; errors: number | null; requests: number | null }) {
  const asked: string[] = []
  const it: Prometheus = {
    name: 'P',
    cluster: 'c',
    ask: async (path, { query }) => {
      asked.push(`${path} ${query}`)
      const value = query.startsWith('histogram') ? values.p95 : query.startsWith('(') ? values.errors : values.requests
      const point = [1100, String(value)]
      const result =
        value === null
          ? []
          : [{ metric: {}, ...(path.endsWith('range') ? { values: [[1000, '1'], point] } : { value: point }) }]
      return JSON.stringify({
        status: 'success',
        data: { resultType: path.endsWith('range') ? 'matrix' : 'vector', result },
      })
    },
  }
  return { it, asked }
}

it('p95, rate and share of errors are those of the whole time; their course is kept', async () => {
  const { it: asked, asked: queries } = prometheus({ p95: 0.4, errors: 0.02, requests: 12 })
  const book = new SeriesBook()
  const found = await applicationFigures([asked], { ...names, selector: 'job="shop"' }, between, book)
  expect(found).toEqual({ figures: { p95S: 0.4, requestsPerS: 12, errorShare: 0.02, source: 'P' }, sentences: [] })
  expect(queries).toContain(
    '/api/v1/query histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job="shop"}[100s])))',
  )
  expect(queries).toContain(
    '/api/v1/query (sum(rate(http_requests_total{job="shop", code=~"5.."}[100s])) or vector(0)) / sum(rate(http_requests_total{job="shop"}[100s]))',
  )
  expect(book.series.map(({ metric, unit, values }) => [metric, unit, values])).toEqual([
    ['p95', 's', [1, 0.4]],
    ['requests', '1/s', [1, 12]],
    ['errors', '', [1, 0.02]],
  ])
})

it('milliseconds become seconds', async () => {
  const ask = (latency: string) =>
    applicationFigures(
      [prometheus({ p95: 250, errors: 0, requests: 1 }).it],
      { ...names, latency },
      between,
      new SeriesBook(),
    )
  expect((await ask('rpc_duration_milliseconds')).figures!.p95S).toBe(0.25)
  expect((await ask('rpc_duration_us')).figures!.p95S).toBeCloseTo(0.00025, 12)
})

it('what is absent, no number, or not answered is not known, and said', async () => {
  const { it: partly } = prometheus({ p95: Number.NaN, errors: 0, requests: 3 })
  expect(await applicationFigures([partly], names, between, new SeriesBook())).toEqual({
    figures: { p95S: null, requestsPerS: 3, errorShare: 0, source: 'P' },
    sentences: ['P: it has nothing of http_request_duration_seconds_bucket'],
  })
  const silent: Prometheus = { name: 'S', cluster: null, ask: () => Promise.reject(new Error('no answer in time')) }
  const { figures, sentences } = await applicationFigures([silent], names, between, new SeriesBook())
  expect(figures).toBeNull()
  expect(sentences[1]).toBe('S: http_requests_total was not to be had (no answer in time)')
  // The next one is asked where one knows nothing.
  const second = await applicationFigures([silent, partly], names, between, new SeriesBook())
  expect(second.figures!.source).toBe('P')
})
