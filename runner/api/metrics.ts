/** What Prometheus reads: requests, plans and the fabric. A registry of its own, so that servers in one process do not mix. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Plan } from '../plan/plan.ts'
import type { Planner } from '../plan/planner.ts'
import { fabricGauges, nodeGauges } from './fabric-gauges.ts'

export class Metrics {
  readonly registry = new Registry()
  readonly requests: Counter<'method' | 'route' | 'status'>
  private readonly planSeconds: Histogram<'strategy'>
  readonly plans: Counter<'strategy' | 'result'>
  private readonly latency: Histogram<'strategy'>
  private readonly energy: Counter<'strategy'>
  private readonly emissions: Counter<'strategy'>

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
    this.latency = new Histogram({
      name: 'fabricdt_plan_predicted_latency_seconds',
      help: 'Latency that plans were made with, by strategy: the means of their replications.',
      labelNames: ['strategy'],
      buckets: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 3600],
      registers,
    })
    this.energy = new Counter({
      name: 'fabricdt_plan_predicted_energy_joules_total',
      help: 'Energy that plans were made with, by strategy.',
      labelNames: ['strategy'],
      registers,
    })
    this.emissions = new Counter({
      name: 'fabricdt_plan_predicted_emissions_grams_total',
      help: 'CO2e that plans were made with, by strategy; nothing where the intensity is not known.',
      labelNames: ['strategy'],
      registers,
    })
    fabricGauges(planner, registers)
    nodeGauges(planner, registers)
  }

  /** A plan was made in such a time. Unknown latencies and emissions are left out. */
  planned({ strategy: { name: strategy }, predicted }: Plan, seconds: number): void {
    this.plans.inc({ strategy, result: 'planned' })
    this.planSeconds.observe({ strategy }, seconds)
    if (predicted.latency_ms !== null) this.latency.observe({ strategy }, predicted.latency_ms.estimate / 1000)
    // Never less than nothing: counters do not go back.
    this.energy.inc({ strategy }, Math.max(0, predicted.energy_j.estimate))
    this.emissions.inc({ strategy }, Math.max(0, predicted.emissions_g?.estimate ?? 0))
  }
}
