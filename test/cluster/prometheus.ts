/** A real Prometheus for tests, and a small exporter that shows what Kepler, Scaphandre and an application would: declared, not measured. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { until } from '../../runner/clusters/pause.ts'

/** What nodes are declared to take, watts. */
export const declaredW = { package: 20, dram: 2, core: 15, scaphandre: 33 } as const

/** What an application is declared to do: 300 ms each, one in fifty an error. */
export const declaredRate = 10

/** There is no RAPL to be measured on many machines: the expositions have the form of Kepler 0.11's and Scaphandre 1.0's, the figures are declared. */
export class Exporter {
  private readonly nodes: readonly string[]
  private beganMs = Date.now()
  private readonly bornMs = Date.now()
  private readonly server: Server

  private constructor(nodes: readonly string[], server: Server) {
    this.nodes = nodes
    this.server = server
  }

  /** Of those Kepler nodes; Scaphandre's host is called `bare-metal`. */
  static async start(nodes: readonly string[]): Promise<Exporter> {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4')
      response.end(exporter.text())
    })
    const exporter = new Exporter(nodes, server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return exporter
  }

  get target(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** As an exporter that was started anew: its counters stand at nothing. */
  restart(): void {
    this.beganMs = Date.now()
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private text(): string {
    const seconds = (Date.now() - this.beganMs) / 1000
    const livedS = (Date.now() - this.bornMs) / 1000
    const zones = (['package', 'dram', 'core'] as const).flatMap(zone =>
      this.nodes.map(
        node =>
          `kepler_node_cpu_joules_total{node_name="${node}",zone="${zone}",path="/sys/class/powercap/${zone}"} ${declaredW[zone] * seconds}`,
      ),
    )
    const requests = declaredRate * livedS
    const slow = ['0.5', '1', '+Inf'].map(le => `http_request_duration_seconds_bucket{le="${le}"} ${requests}`)
    return `${[
      '# TYPE kepler_node_cpu_joules_total counter',
      ...zones,
      '# TYPE scaph_host_power_microwatts gauge',
      `scaph_host_power_microwatts{hostname="bare-metal"} ${declaredW.scaphandre * 1e6}`,
      '# TYPE http_request_duration_seconds histogram',
      'http_request_duration_seconds_bucket{le="0.1"} 0',
      'http_request_duration_seconds_bucket{le="0.25"} 0',
      ...slow,
      '# TYPE http_requests_total counter',
      `http_requests_total{code="200"} ${requests * 0.98}`,
      `http_requests_total{code="500"} ${requests * 0.02}`,
    ].join('\n')}\n`
  }
}

/** An address of this machine that API servers may be sent to: they do not go to loopback ones; null where it has none. */
export const ownAddress = (): string | null =>
  Object.values(networkInterfaces())
    .flat()
    .find(address => address?.family === 'IPv4' && !address.internal)?.address ?? null

export interface RunningPrometheus {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** Looks at the target every second. Throws where it does not come up. */
export async function startPrometheus(target: string, address: string): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'fabricdt-prometheus-'))
  const config = join(folder, 'prometheus.yml')
  writeFileSync(
    config,
    `global: {scrape_interval: 1s}\nscrape_configs: [{job_name: declared, static_configs: [{targets: ["${target}"]}]}]\n`,
  )
  const port = await freePort(address)
  const url = `http://${address}:${port}`
  const listen = `--web.listen-address=${address}:${port}`
  const args = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`, listen]
  const running = execa('prometheus', args, { reject: false, stdio: 'ignore' })
  const stop = async () => {
    running.kill('SIGKILL')
    await running
    rmSync(folder, { recursive: true, force: true })
  }
  const isUp = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => (ok ? true : null),
      () => null,
    )
  if ((await until(isUp, { withinMs: 30_000 })) === null) {
    await stop()
    throw new Error('Prometheus does not come up')
  }
  return { url, port, stop }
}

const freePort = (address: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = createSocket()
    socket.once('error', reject)
    socket.listen(0, address, () => {
      const { port } = socket.address() as AddressInfo
      socket.close(() => resolve(port))
    })
  })
