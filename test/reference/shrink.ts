/** Makes a world in which something goes wrong as small as it will go, by leaving out what it can do without. */
import { feasible } from './eligibility.ts'
import { boundsOf, effectsOf, type ModelSpec, stagesOf, type WorkloadSpec } from './model-spec.ts'
import { simpler } from './simpler.ts'

/** The smallest world met in which `fails` still holds, after at most so many looks. */
export function shrink(spec: ModelSpec, fails: (spec: ModelSpec) => boolean, looks = 600): ModelSpec {
  let smallest = spec
  let left = looks
  for (let found = true; found && left > 0; ) {
    found = false
    for (const candidate of simpler(smallest)) {
      if (left-- <= 0) break
      if (!isValid(candidate) || !fails(candidate)) continue
      smallest = candidate
      found = true
      break
    }
  }
  return smallest
}

/** Whether every reference holds, every stage can run, and the run ends. */
function isValid(spec: ModelSpec): boolean {
  const { clusters, workloads, randomFailures = [], triggers = [], horizonS = Infinity } = spec
  const nodesOf = (name: string) =>
    clusters.find(cluster => cluster.name === name)?.groups.reduce((sum, group) => sum + group.nodes, 0) ?? 0
  const ends = (workload: WorkloadSpec) =>
    workload.trace !== undefined ||
    Math.min(boundsOf(workload).maxJobs ?? Infinity, boundsOf(workload).untilS ?? Infinity, horizonS) < Infinity
  const requests = (workload: WorkloadSpec) =>
    workload.trace?.map(job => job.request ?? workload.request) ?? stagesOf(workload).map(stage => stage.request)
  const runs = (workload: WorkloadSpec) => requests(workload).every(request => feasible(clusters, request))
  const isRepeated = randomFailures.length > 0 || triggers.some(({ rearmS = Infinity }) => rearmS < Infinity)
  const isGivenUp = ({ cancelLate, deadlineS = Infinity }: WorkloadSpec) => cancelLate === true && deadlineS < Infinity
  const hasOrigin = ({ origin }: WorkloadSpec) => origin === undefined || Object.keys(origin).length > 0
  const victims = effectsOf(spec).flatMap(effect => effect.victims ?? [])
  return (
    clusters.length > 0 &&
    workloads.length > 0 &&
    workloads.every(workload => ends(workload) && runs(workload) && hasOrigin(workload)) &&
    (!isRepeated || horizonS < Infinity || workloads.every(isGivenUp)) &&
    victims.every(({ cluster, node }) => (node === '*' ? 0 : node) < nodesOf(cluster))
  )
}
