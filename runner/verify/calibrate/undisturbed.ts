/** How long attempts would have run alone: what they shared with others on crowded nodes is taken out. */
import type { Model } from '../../../engine/index.ts'
import type { AttemptRecords } from '../attempts.ts'
import type { AttemptWork } from '../work.ts'

interface Change {
  timeS: number
  node: number
  /** Cores more or less in use from now on. */
  cores: number
  row: number
}

/**
 * ∫ share dt over each attempt's run, with share = min(1, cores of the node / cores in use), as the model has it. NaN of what did
 * not run to an end, or took no time: it was heard of too late to say when it ran.
 */
export function undisturbedSeconds(model: Model, attempts: AttemptRecords, { cores }: AttemptWork): Float64Array {
  const clock = new Float64Array(model.nodeCluster.length)
  const since = new Float64Array(model.nodeCluster.length)
  const use = new Float64Array(model.nodeCluster.length)
  const at = new Float64Array(attempts.beginS.length).fill(Number.NaN)
  for (const { timeS, node, cores: more, row } of changesOf(attempts, cores)) {
    const has = model.groups.coreMilli[model.nodeGroup[node]] / 1000
    clock[node] += (timeS - since[node]) * (use[node] > has ? has / use[node] : 1)
    since[node] = timeS
    use[node] += more
    at[row] = more > 0 ? clock[node] : clock[node] - at[row]
  }
  return at.map((value, row) => (Number.isNaN(attempts.endS[row]) ? Number.NaN : value))
}

/** Begins and ends in order of time, ends first. */
function changesOf({ beginS, endS, node }: AttemptRecords, cores: Float64Array): Change[] {
  const ran = [...beginS.keys()].filter(row => !Number.isNaN(beginS[row]) && !(endS[row] <= beginS[row]))
  return ran
    .flatMap(row => [
      { timeS: beginS[row], node: node[row], cores: cores[row], row },
      ...(Number.isNaN(endS[row]) ? [] : [{ timeS: endS[row], node: node[row], cores: -cores[row], row }]),
    ])
    .sort((a, b) => a.timeS - b.timeS || a.cores - b.cores)
}
