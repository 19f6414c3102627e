/** What is planned on, and by what. */
import type { FastifyInstance } from 'fastify'
import type { PlanningFabric } from '../../plan/fabric.ts'
import { type ClusterLevels, levelsOf } from '../../plan/levels.ts'
import { fabricSchema, strategiesSchema } from '../schemas.ts'
import type { Services } from '../services.ts'

export function fabricRoutes(app: FastifyInstance, { planner }: Services): void {
  const tags = ['fabric']
  app.get(
    '/fabric',
    { schema: { tags, summary: 'The clusters and what is free of them.', response: { 200: fabricSchema } } },
    () => {
      planner.settle()
      const { fabric } = planner
      return {
        scenario: fabric.scenario.name,
        source: planner.isLive ? 'live' : 'scenario',
        clusters: levelsOf(fabric).map(clusterOf),
        latency_ms: latencies(fabric),
      }
    },
  )
  app.get(
    '/strategies',
    { schema: { tags, summary: 'The strategies and their options.', response: { 200: strategiesSchema } } },
    () => ({
      strategies: planner.strategies.all.map(({ name, aliases = [], summary, options }) => ({
        name,
        aliases,
        summary,
        options,
      })),
    }),
  )
}

const gigabytes = (bytes: number): number => bytes / 2 ** 30

const clusterOf = ({
  cpuMilli,
  freeCpuMilli,
  memoryBytes,
  freeMemoryBytes,
  gpus,
  freeGpus,
  ...rest
}: ClusterLevels) => ({
  ...rest,
  cpu: cpuMilli / 1000,
  cpu_free: freeCpuMilli / 1000,
  mem_gb: gigabytes(memoryBytes),
  mem_gb_free: gigabytes(freeMemoryBytes),
  gpu: gpus,
  gpu_free: freeGpus,
})

const latencies = ({ clusterNames, scenario }: PlanningFabric) =>
  Object.fromEntries(
    clusterNames.map(from => [
      from,
      Object.fromEntries(clusterNames.map(to => [to, scenario.latencyS[from][to] * 1000])),
    ]),
  )
