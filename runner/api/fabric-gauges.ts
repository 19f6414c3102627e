/** The fabric as Prometheus sees it. Read when it is asked for. */
import { Gauge, type Registry } from 'prom-client'
import { levelsOf } from '../plan/levels.ts'
import type { Planner } from '../plan/planner.ts'

export function fabricGauges(planner: Planner, registers: Registry[]): void {
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

/** Of larger fabrics the clusters say enough: each node would be three series. */
const mostNodes = 2000

export function nodeGauges(planner: Planner, registers: Registry[]): void {
  const { fabric } = planner
  const { capacity, clusterNames, model } = fabric
  if (model.nodeGroup.length > mostNodes) return
  const columns = [
    ['fabricdt_node_ready', 'Whether a node can be used.', capacity.ready],
    ['fabricdt_node_cpu_free_millicores', 'Millicores that are free on a node.', capacity.freeCpu],
    ['fabricdt_node_memory_free_bytes', 'Memory that is free on a node.', capacity.freeMemory],
  ] as const
  for (const [name, help, column] of columns)
    new Gauge({
      name,
      help,
      labelNames: ['cluster', 'node'],
      registers,
      collect() {
        planner.settle()
        for (let node = 0; node < model.nodeGroup.length; node++)
          this.set({ cluster: clusterNames[model.nodeCluster[node]], node: fabric.nodeName(node) }, column[node])
      },
    })
}
