/** What one run leaves behind: tallies, samples and series of one policy on one replication. Plain data. */

/** Terminal states; the order is that of the columns that hold them. */
export const outcomes = ['completed', 'failed', 'rejected', 'cancelled', 'unfinished'] as const
export type Outcome = (typeof outcomes)[number]

export interface JobTally {
  submitted: number
  completed: number
  failed: number
  rejected: number
  cancelled: number
  unfinished: number
  /** Jobs with a deadline whose fate is known: met or missed. */
  deadlines: number
  /** Late, failed, rejected or cancelled, or unfinished with the deadline in the past. */
  deadlineMisses: number
  /** Unfinished at the horizon with the deadline still ahead. */
  censored: number
}

/** Values of the measured jobs that completed, each sorted ascending. */
export interface Samples {
  /** Seconds from submission at the origin to the output being back there. */
  latency: Float64Array
  /** Seconds from submission to the begin of the attempt that completed (SWF field 3). */
  waitTime: Float64Array
  /** waitTime + run time, seconds. */
  responseTime: Float64Array
  /** max(1, responseTime / max(runTime, 10 s)). */
  boundedSlowdown: Float64Array
}

/** Per cluster, from warm-up to the end; index = cluster of the model. */
export interface ClusterTally {
  /** Facility joules (PUE included). */
  energyJ: Float64Array
  /** Grams of CO2e; NaN where the intensity is not known. */
  emissionsG: Float64Array
  /** Of the energy, in the money of the prices; NaN where the price is not known. */
  cost: Float64Array
  /** Of which drawn by nodes that are up, whether used or not. */
  idleEnergyJ: Float64Array
  /** ∫ cores in use dt, core-seconds. */
  busyCoreS: Float64Array
  /** ∫ cores of nodes that are up dt, core-seconds. */
  upCoreS: Float64Array
  /** ∫ cores of nodes that are going off, off or booting dt, core-seconds. */
  switchedCoreS: Float64Array
  /** ∫ all cores dt, core-seconds. */
  capacityCoreS: Float64Array
  /** Attempts placed. */
  placements: Float64Array
}

/** Exact means over bins of equal width from time 0; the last bin may be cut short by the end. */
export interface Series {
  widthS: number
  bins: number
  /** Index bin. Means over the bin. */
  waiting: Float64Array
  running: Float64Array
  /** Counts in the bin. */
  submitted: Float64Array
  completed: Float64Array
  deadlineMisses: Float64Array
  /** Index bin * clusters + cluster. Means over the bin: cores in use, facility watts, nodes up. */
  busyCores: Float64Array
  watts: Float64Array
  upNodes: Float64Array
}

/** One row a job, columns of equal length, in order of (submitTime, workload, ordinal). */
export interface JobRecords {
  workload: Int32Array
  ordinal: Float64Array
  /** Seconds. NaN where it never happened. */
  submitTime: Float64Array
  waitTime: Float64Array
  runTime: Float64Array
  latency: Float64Array
  /** Index into `outcomes`. */
  outcome: Uint8Array
  /** −1 where no attempt completed. */
  cluster: Int32Array
  originCluster: Int32Array
  deadlineMissed: Uint8Array
  /** Attempts that were placed, shadows included. */
  attempts: Int32Array
}

/** One row a decision, in the order in which they were taken. */
export interface DecisionRecords {
  time: Float64Array
  workload: Int32Array
  ordinal: Float64Array
  /** Stage of the model. */
  stage: Int32Array
  /** Number of the attempt: 0 the first, then shadows and retries in the order of their placement. */
  attempt: Int32Array
  originCluster: Int32Array
  /** First node of the placement. */
  node: Int32Array
  /** What the policy minimised, in its own unit; NaN where it has none. */
  score: Float64Array
  /** gCO2e/kWh at the node's cluster then; NaN where it is not known. */
  intensity: Float64Array
}

/** Rows that explain placements: one for each term of each candidate, in the order in which they were taken. */
export interface ExplanationRecords {
  time: Float64Array
  workload: Int32Array
  ordinal: Float64Array
  stage: Int32Array
  attempt: Int32Array
  /** The candidate. */
  node: Int32Array
  /** 1: the candidate was chosen. */
  chosen: Uint8Array
  /** What the policy minimised, in its own unit; NaN where it has none. */
  score: Float64Array
  /** Index into `terms`; −1 where the policy has none. */
  term: Int32Array
  value: Float64Array
  terms: string[]
  /** Whether some placements only are explained. */
  isSample: boolean
}

export interface RunResult {
  /** When the last job left, or the horizon. */
  endS: number
  /** Every job of the run. */
  total: JobTally
  /** Jobs submitted from warm-up on. */
  measured: JobTally
  samples: Samples
  clusters: ClusterTally
  series: Series
  /** ∫ stages waiting dt and ∫ jobs in the system dt over the whole run, stage-seconds and job-seconds. */
  waitingJobS: number
  systemJobS: number
  /** Σ over all jobs of the time that each spent in the system up to the end; equals systemJobS (Little's law). */
  sojournS: number
  /** Attempts lost to failures of nodes. */
  lostAttempts: number
  /** Work thrown away with lost, faulty and superseded attempts, core-seconds. */
  wastedCoreS: number
  /** ∫ cores of nodes that are up dt while any stage waited to be placed, and of these the cores not in use, core-seconds. */
  contendedCoreS: number
  strandedCoreS: number
  shadowPlacements: number
  /** Nodes that were switched on again. */
  boots: number
  events: number
  decisionPasses: number
  /** Index nodes visited while looking for capacity and for waiting work. */
  visits: number
  jobs?: JobRecords
  decisions?: DecisionRecords
  explanations?: ExplanationRecords
}
