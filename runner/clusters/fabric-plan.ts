/** What a scenario's fabric is on real clusters: clusters, nodes, what each has, declared and scaled. */
import { nodeName } from '../../engine/model.ts'
import { compileFabric } from '../compile/fabric.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type Resources, roundingOf, scaleMilli, scaleResources } from './scaling.ts'

export interface FabricPlan {
  /** Of the fabric: the scenario's. */
  readonly name: string
  /** 100 for 1:100. */
  readonly scaling: number
  /** By name, as in the Model. */
  readonly clusters: readonly PlannedCluster[]
}

export interface PlannedCluster {
  readonly name: string
  readonly pool: string
  readonly zone: string
  readonly region: string
  /** Seconds from a failure until the control plane shall believe it. */
  readonly detectionS: number
  readonly arch: string
  /** Names of its nodes, which are alike; those of the engine. */
  readonly nodes: readonly string[]
  /** What may be requested of a node, as declared and on the real cluster. */
  readonly declared: Resources
  readonly scaled: Resources
  /** Millicores that a node has on the real cluster: fewer than may be requested of it where it is overcommitted. */
  readonly coreMilli: number
}

export function planFabric(scenario: Scenario): FabricPlan {
  const fabric = compileFabric(scenario)
  const declared = new Map(scenario.clusters.map(cluster => [cluster.name, cluster]))
  const clusters = fabric.clusters.names.map((name, index): PlannedCluster => {
    const { pool, zone, region, detectionS, arch } = declared.get(name)!
    const resources = {
      cpuMilli: fabric.groups.cpuMilli[index],
      memoryBytes: fabric.groups.memoryBytes[index],
      gpuMilli: fabric.groups.gpuMilli[index],
    }
    const [first, end] = [fabric.clusters.nodeStart[index], fabric.clusters.nodeStart[index + 1]]
    const nodes = Array.from({ length: end - first }, (_, ordinal) => nodeName(fabric, first + ordinal))
    const scaled = scaleResources(resources, scenario.scaling, 'up')
    const coreMilli = scaleMilli(fabric.groups.coreMilli[index], scenario.scaling, 'up')
    return { name, pool, zone, region, detectionS, arch, nodes, declared: resources, scaled, coreMilli }
  })
  return { name: scenario.name, scaling: scenario.scaling, clusters }
}

/** Labels of the nodes of a cluster; `kubernetes.io/hostname` is each node's own. */
export function nodeLabels({ name, pool, zone, region, arch }: PlannedCluster): Record<string, string> {
  return {
    'kubernetes.io/arch': arch,
    'kubernetes.io/os': 'linux',
    'topology.kubernetes.io/zone': zone,
    'topology.kubernetes.io/region': region,
    'fabricdt.io/pool': pool,
    'fabricdt.io/cluster': name,
  }
}

/** What scaling could not hold exactly, a sentence each. */
export function planNotes({ clusters, scaling }: FabricPlan): string[] {
  return clusters.flatMap(({ name, declared, scaled }) =>
    (['cpuMilli', 'memoryBytes'] as const).flatMap(what => {
      const off = roundingOf(declared[what], scaled[what], scaling)
      if (Math.abs(off) < 0.0005) return []
      const word = what === 'cpuMilli' ? 'CPU' : 'memory'
      return [`nodes of ${name} have ${(100 * off).toFixed(1)} % more ${word} than 1:${scaling} of what is declared`]
    }),
  )
}
