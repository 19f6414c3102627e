/** A server that answers as Prometheus does, wrongly, late, or without end. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { prometheusAt, queryPrometheus, queryPrometheusRange } from '../../runner/telemetry/prometheus.ts'

let close: () => void = () => {}
afterEach(() => close())

async function serve(answer: (url: URL, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => answer(new URL(request.url ?? '', 'http://x'), response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const told = (result: unknown, resultType = 'matrix') =>
  JSON.stringify({ status: 'success', data: { resultType, result } })

describe('a question to Prometheus', () => {
  it('is asked at an instant, and its samples are numbers with times', async () => {
    const asked: URL[] = []
    const url = await serve((at, response) => {
      asked.push(at)
      response.end(
        told([
          {
            metric: { zone: 'dram' },
            values: [
              [1.5, '2'],
              [2.5, '+Inf'],
            ],
          },
        ]),
      )
    })
    expect(await queryPrometheus(prometheusAt(`${url}/`), 'up[5s]', 2500, 3000)).toEqual([
      {
        labels: { zone: 'dram' },
        samples: [
          { atMs: 1500, value: 2 },
          { atMs: 2500, value: Number.NaN },
        ],
      },
    ])
    expect(asked[0].pathname).toBe('/api/v1/query')
    expect(Object.fromEntries(asked[0].searchParams)).toEqual({ query: 'up[5s]', time: '2.5', timeout: '3000ms' })
    await queryPrometheusRange(prometheusAt(url), 'up', { fromMs: 1000, toMs: 2000, stepS: 15 })
    expect(asked[1].pathname).toBe('/api/v1/query_range')
    expect(asked[1].searchParams.get('step')).toBe('15')
  })

  it('one sample of each series is one', async () => {
    const url = await serve((_, response) => response.end(told([{ metric: {}, value: [1, '0.25'] }], 'vector')))
    expect(await queryPrometheus(prometheusAt(url), 'x', 0)).toEqual([
      { labels: {}, samples: [{ atMs: 1000, value: 0.25 }] },
    ])
  })

  it.each([
    ['says what Prometheus says of it', 400, '{"status":"error","error":"parse error: no"}', /^parse error: no$/],
    ['is told of a server that is not itself', 503, 'later', /^HTTP 503$/],
    ['is told of what is no Prometheus', 200, '<html>', /^its answer is no JSON: <html>$/],
    ['wants series', 200, told(['1', '2'], 'scalar'), /^its answer is a scalar$/],
    ['wants an answer', 200, '{}', /^its answer is none of Prometheus$/],
  ])('%s', async (_, status, body, message) => {
    const url = await serve((_, response) => {
      response.statusCode = status
      response.end(body)
    })
    await expect(queryPrometheus(prometheusAt(url), 'x', 0)).rejects.toThrow(message)
  })

  it('is not waited for longer than it may take, even in the middle of an answer', async () => {
    const url = await serve((_, response) => response.write('{"status":'))
    const beganMs = performance.now()
    await expect(queryPrometheus(prometheusAt(url), 'x', 0, 200)).rejects.toThrow(/timeout|aborted/i)
    expect(performance.now() - beganMs).toBeLessThan(3000)
  })

  it('is not read further than it may weigh', async () => {
    const url = await serve((_, response) => {
      const go = () => {
        while (!response.destroyed && response.write('x'.repeat(1000)));
      }
      response.on('drain', go)
      go()
    })
    await expect(queryPrometheus(prometheusAt(url, 50_000), 'x', 0)).rejects.toThrow(
      'its answer is larger than 50000 bytes',
    )
  })

  it('nobody answers', async () => {
    await expect(queryPrometheus(prometheusAt('http://127.0.0.1:1'), 'x', 0)).rejects.toThrow()
  })
})
