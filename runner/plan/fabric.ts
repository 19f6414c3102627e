/**
 * The fabric that is planned on: a scenario's clusters without its work and failures, as columns that all plans share,
 * and what is free on its nodes now.
 */
import { Capacity } from '../../engine/capacity.ts'
import { type Model, nodeName } from '../../engine/model.ts'
import type { Resources } from '../clusters/scaling.ts'
import type { Hosts } from '../compile/classes.ts'
import { compile } from '../compile/compile.ts'
import { byName, hostsOf } from '../compile/fabric.ts'
import { compileWorkloads } from '../compile/workloads.ts'
import type { Scenario, ScenarioCluster, ScenarioWorkload } from '../scenario/scenario.ts'
import { aboveIdle } from './above-idle.ts'

/** What is reserved of a node until it is given back. */
export interface Reservation extends Resources {
  readonly node: number
  readonly entry: number
}

export class PlanningFabric {
  readonly scenario: Scenario
  /** In the order of the model. */
  readonly clusters: readonly ScenarioCluster[]
  readonly clusterNames: readonly string[]
  /** Without work; its nodes draw what lies above idle. */
  readonly model: Model
  /** What is free now: runs take from it and give back. */
  readonly capacity: Capacity
  private readonly hosts: Hosts
  /** Below 0: runs name theirs from 0 on. */
  private lastEntry = 0

  constructor(scenario: Scenario) {
    this.scenario = { ...scenario, workloads: [], failures: [], randomFailures: [], triggers: [], horizonS: null }
    this.clusters = [...scenario.clusters].sort(byName)
    this.clusterNames = this.clusters.map(({ name }) => name)
    const { model } = compile({ ...this.scenario, warmupS: 0 })
    this.model = { ...model, groups: aboveIdle(model.groups) }
    this.hosts = hostsOf(this.scenario, model)
    this.capacity = new Capacity(this.model, null, true)
  }

  /** The same fabric with a job on it, from `atS` of the scenario's clock on. */
  modelOf(workload: ScenarioWorkload, atS: number): Model {
    const scenario = { ...this.scenario, workloads: [workload] }
    const { workloads, stages, traces, classes } = compileWorkloads(scenario, this.hosts, this.clusterNames)
    const { neighbours: _, ...fabric } = this.model
    return {
      ...fabric,
      carbon: this.carbonFrom(atS),
      classes: classes.finish(this.hosts),
      workloads,
      stages,
      traces,
    }
  }

  /** What is free, as runs of a model of this fabric see it. */
  capacityFor = (model: Model): Capacity => new Capacity(model, this.capacity)

  /** Steps of carbon intensity with 0 at `atS`. */
  private carbonFrom(atS: number): Model['carbon'] {
    const { carbon } = this.model
    return { ...carbon, atS: carbon.atS.map(stepS => stepS - atS) }
  }

  /** Reserves so much of a node, whether it has it or not. */
  reserve(node: number, { cpuMilli, memoryBytes, gpuMilli }: Resources): Reservation {
    const entry = --this.lastEntry
    this.capacity.reserve(entry, node, cpuMilli, memoryBytes, gpuMilli)
    return { node, entry, cpuMilli, memoryBytes, gpuMilli }
  }

  giveBack({ node, entry, cpuMilli, memoryBytes, gpuMilli }: Reservation): void {
    this.capacity.reserve(entry, node, -cpuMilli, -memoryBytes, -gpuMilli)
  }

  nodeName = (node: number): string => nodeName(this.model, node)

  /** First and last node of a cluster. */
  nodeRange(cluster: number): [first: number, last: number] {
    const { nodeStart } = this.model.clusters
    return [nodeStart[cluster], nodeStart[cluster + 1] - 1]
  }

  /** Node of a cluster by its name; −1. */
  nodeIn(cluster: number, name: string): number {
    const [first, last] = this.nodeRange(cluster)
    const prefix = `${this.model.clusters.nodePrefixes[cluster]}-`
    const node = name.startsWith(prefix) ? first + Number(name.slice(prefix.length)) - 1 : -1
    return node >= first && node <= last && this.nodeName(node) === name ? node : -1
  }
}
