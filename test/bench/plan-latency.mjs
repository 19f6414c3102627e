// How long a plan takes, by strategy and size of the fabric: seven clusters of 100, 1,000 and 10,000 nodes. Over HTTP, on
// one connection, one request after another: the time that a client sees. On a machine that is busy with other things look
// at `cpu`, what the server's process used for a request in the mean, and at the first row, which is an answer that needs no
// thought. `npm run build` first.
// node test/bench/plan-latency.mjs [--json] [--requests n]

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const requests = Number(process.argv[process.argv.indexOf('--requests') + 1]) || 1000
const json = process.argv.includes('--json')
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-plan-bench-'))

const pools = ['edge', 'gaming', 'lab', 'personal-area', 'datacenter', 'mining', 'lab']
const scenario = nodes => `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: seven-${nodes} }
spec:
  horizon: 1h
  fabric:
    clusters:
${pools.map((pool, i) => `      - { name: c${i}, pool: ${pool}, zone: z${i}, nodes: ${nodes} }`).join('\n')}
    network: { latency: 20ms, within: 1ms }
  workloads:
    - name: any
      origin: { cluster: c0 }
      arrivals: { process: poisson, rate: 1/s }
      job: { stages: [{ cpu: 1, duration: 1s }] }
  policies: [greedy-latency]
`

const job = (strategy, duration) => ({
  job: {
    metadata: { name: 'bench', deadline_ms: 10_000, origin: { cluster: 'c0' } },
    spec: {
      stages: [
        {
          id: 's1',
          compute: { cpu: 2, mem_gb: 1, duration_ms: duration },
          constraints: { arch: ['amd64'], formats: ['native'] },
        },
      ],
    },
  },
  strategy,
})

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** The answer's status and body, and the milliseconds until it was all there. */
const call = (port, method, path, body) =>
  new Promise((resolve, reject) => {
    const begin = performance.now()
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const sent = request({ port, host: '127.0.0.1', method, path, agent, headers }, answer => {
      const chunks = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.once('end', () => {
        const ms = performance.now() - begin
        if (answer.statusCode < 300) resolve({ ms, text: Buffer.concat(chunks).toString() })
        else reject(new Error(`${path}: status ${answer.statusCode}`))
      })
    })
    sent.once('error', reject).end(body)
  })

/** Milliseconds of processor time that the server has used. */
async function usedMs(port) {
  const { text } = await call(port, 'GET', '/metrics')
  return 1000 * Number(/^process_cpu_seconds_total ([0-9.e+-]+)$/m.exec(text)[1])
}

async function start(nodes) {
  const file = join(folder, `seven-${nodes}.yaml`)
  writeFileSync(file, scenario(nodes))
  const server = spawn(
    process.execPath,
    [join(root, 'runner/bin/fabricdt-run.mjs'), 'serve', file, '--port', '0', '--state', join(folder, String(nodes))],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  for await (const chunk of server.stderr) {
    said += chunk
    const port = /planning at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
    if (port !== undefined) return { server, port: Number(port) }
  }
  throw new Error(`serve did not start: ${said}`)
}

const quantile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]

async function measure(port, strategy, kind, once) {
  for (let i = 0; i < 100; i++) await once()
  const before = await usedMs(port)
  const times = []
  for (let i = 0; i < requests; i++) times.push((await once()).ms)
  const cpu = ((await usedMs(port)) - before) / requests
  times.sort((a, b) => a - b)
  return { strategy, duration: kind, p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: times.at(-1), cpu }
}

const kinds = [
  ['constant', 2000],
  ['lognormal', { lognormal: { mean: 2000, cv: 0.5 } }],
]
const rows = []
function note(nodes, row) {
  rows.push({ nodes: 7 * nodes, ...row })
  if (json) return
  const ms = value => `${value.toFixed(2).padStart(7)} ms`
  console.log(
    `7 × ${String(nodes).padStart(6)} nodes  ${row.strategy.padEnd(16)} ${row.duration.padEnd(10)}` +
      `p50 ${ms(row.p50)}  p99 ${ms(row.p99)}  max ${ms(row.max)}  cpu ${ms(row.cpu)}`,
  )
}
try {
  for (const nodes of [100, 1000, 10_000]) {
    const { server, port } = await start(nodes)
    note(nodes, await measure(port, '(nothing)', '', () => call(port, 'GET', '/healthz')))
    for (const strategy of ['greedy-latency', 'resilient', 'least-allocated', 'best-fit', 'cvar'])
      for (const [kind, duration] of kinds) {
        const body = JSON.stringify(job(strategy, duration))
        note(nodes, await measure(port, strategy, kind, () => call(port, 'POST', '/plan', body)))
      }
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
} finally {
  agent.destroy()
  rmSync(folder, { recursive: true, force: true })
}
if (json) console.log(JSON.stringify({ requests, rows }, null, 2))
