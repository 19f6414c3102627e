/** What Prometheus reads: requests, plans and the fabric. A registry of its own, so that servers in one process do not mix. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { levelsOf } from '../plan/levels.ts'
import type { Planner } from '../plan/planner.ts'

export class Metrics {
  readonly registry = new Registry()
  readonly requests: Counter<'method' | 'route' | 'status'>
  readonly planSeconds: Histogram<'strategy'>
  readonly plans: Counter<'strategy' | 'result'>

  constructor(planner: Planner) {
    const registers = [this.registry]
    collectDefaultMetrics({ register: this.registry })
    this.requests = new Counter({
      name: 'fabricdt_http_requests_total',
      help: 'Requests by route and status.',
      labelNames: ['method', 'route', 'status'],
      registers,
    })
    this.planSeconds = new Histogram({
      name: 'fabricdt_plan_duration_seconds',
      help: 'Time to make a plan, from the parsed request to the stored plan.',
      labelNames: ['strategy'],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
      registers,
    })
    this.plans = new Counter({
      name: 'fabricdt_plans_total',
      help: 'Requests for plans by strategy and result: planned, no-room or refused.',
      labelNames: ['strategy', 'result'],
      registers,
    })
    fabricGauges(planner, registers)
  }
}

/** Read when they are asked for. */
function fabricGauges(planner: Planner, registers: Registry[]): void {
  new Gauge({
    name: 'fabricdt_plans_stored',
    help: 'Plans in the database.',
    registers,
    collect() {
      this.set(planner.count)
    },
  })
  new Gauge({
    name: 'fabricdt_holds_active',
    help: 'Reservations of plans on nodes now.',
    registers,
    collect() {
      planner.settle()
      this.set(planner.holds.active)
    },
  })
  const columns = [
    ['fabricdt_cluster_nodes', 'Nodes.', 'nodes'],
    ['fabricdt_cluster_nodes_ready', 'Nodes that are ready.', 'ready'],
    ['fabricdt_cluster_cpu_millicores', 'Millicores that may be requested of ready nodes.', 'cpuMilli'],
    ['fabricdt_cluster_cpu_free_millicores', 'Millicores that are free on ready nodes.', 'freeCpuMilli'],
  ] as const
  for (const [name, help, column] of columns)
    new Gauge({
      name,
      help,
      labelNames: ['cluster', 'zone'],
      registers,
      collect() {
        planner.settle()
        for (const cluster of levelsOf(planner.fabric))
          this.set({ cluster: cluster.name, zone: cluster.zone }, cluster[column])
      },
    })
}
