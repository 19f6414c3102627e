/**
 * State of jobs, stages and attempts as columns indexed by slot. A job has a block of consecutive slots, one for each
 * stage; what is the job's own stands in the first. A stage's first attempt lives in the stage's slot, shadows in
 * slots of their own. An attempt's tasks on one node are an entry: the first lives in the attempt's slot, further ones
 * (gangs across nodes) in slots of their own. Slots are recycled, so memory follows what is alive.
 */

/** What a slot is doing. */
export const slotState = {
  free: 0,
  /** A stage that waits for a placement. */
  waiting: 1,
  /** An attempt on its way to the begin, running, or lost and not yet known to be. */
  starting: 2,
  running: 3,
  lost: 4,
  /** Further tasks of an attempt. */
  entry: 5,
  /** A stage whose first attempt is gone while another is placed. */
  idle: 6,
  /** A stage that waits for its predecessors, and one that is done. */
  pending: 7,
  done: 8,
} as const

const columns = {
  // --- the job, in its first slot
  deadlineS: Float64Array,
  /** A cancellation with another one is stale. */
  jobGeneration: Int32Array,
  origin: Int32Array,
  stagesLeft: Int32Array,
  /** Answers on their way to the origin that do not get through at once. */
  answersLeft: Int32Array,
  jobAttempts: Int32Array,
  /** Earliest begin of the attempts that completed root stages. */
  firstBeginS: Float64Array,
  /** Latest arrival of an answer at the origin, and the cluster of the sink that ended last. */
  answerS: Float64Array,
  lastCluster: Int32Array,
  // --- the stage
  job: Int32Array,
  template: Int32Array,
  ordinal: Float64Array,
  submitS: Float64Array,
  stageClass: Int32Array,
  predecessorsLeft: Int32Array,
  workS: Float64Array,
  estimateS: Float64Array,
  /** The policy's key while it waits. */
  key: Float64Array,
  retriesUsed: Int32Array,
  /** Attempts started so far, and those placed now. */
  attempts: Int32Array,
  placed: Int32Array,
  /** Of those placed, the ones that stand by. */
  standbys: Int32Array,
  /** Cluster of the attempt that completed it. */
  wonCluster: Int32Array,
  /** First shadow's slot; −1. */
  firstShadow: Int32Array,
  /** Work that the last checkpoint holds, and the node on which it was written. */
  savedS: Float64Array,
  savedNode: Int32Array,
  // --- the attempt
  state: Uint8Array,
  /** The stage that it is an attempt of. */
  stage: Int32Array,
  number: Int32Array,
  /** Next shadow of the stage; −1. */
  nextShadow: Int32Array,
  /** 1 while it only reserves. */
  standby: Uint8Array,
  /** When it begins; while messages are under way, when the latest of the others arrives. */
  beginS: Float64Array,
  startupS: Float64Array,
  /** Messages that it waits for, and a list of them: see `network.ts`. */
  underWay: Int32Array,
  firstMessage: Int32Array,
  runS: Float64Array,
  /** Greatest run-time factor and least speed of its nodes: a second of work takes factor / speed seconds. */
  factor: Float64Array,
  speed: Float64Array,
  /** Saved work that it began with. */
  resumedS: Float64Array,
  /** 1 if it will end of its own fault. */
  faulty: Uint8Array,
  /** Entries of the calendar with another generation are stale. */
  generation: Int32Array,
  // --- the entry: tasks of an attempt on one node
  owner: Int32Array,
  node: Int32Array,
  tasks: Int32Array,
  nextEntry: Int32Array,
  /** 1 while the tasks use their cores; in elastic models 2 when they are over before their attempt. */
  burning: Uint8Array,
  /** Elastic: the node's progress at its begin and end; its share at the begin, then what it burnt; place in the heap. */
  beginProgress: Float64Array,
  endProgress: Float64Array,
  shareS: Float64Array,
  dueAt: Int32Array,
  /** Elastic, of the attempt: entries that are not over. */
  entriesLeft: Int32Array,
  /** Neighbours in the list of what is on the node; kept only where nodes can fail. */
  previousOnNode: Int32Array,
  nextOnNode: Int32Array,
} as const

type ColumnsOf<T> = { -readonly [K in keyof T]: T[K] extends { new (length: number): infer A } ? A : never }

export class Arena {
  deadlineS!: Float64Array
  jobGeneration!: Int32Array
  origin!: Int32Array
  stagesLeft!: Int32Array
  answersLeft!: Int32Array
  jobAttempts!: Int32Array
  firstBeginS!: Float64Array
  answerS!: Float64Array
  lastCluster!: Int32Array
  job!: Int32Array
  template!: Int32Array
  ordinal!: Float64Array
  submitS!: Float64Array
  stageClass!: Int32Array
  predecessorsLeft!: Int32Array
  workS!: Float64Array
  estimateS!: Float64Array
  key!: Float64Array
  retriesUsed!: Int32Array
  attempts!: Int32Array
  placed!: Int32Array
  standbys!: Int32Array
  wonCluster!: Int32Array
  firstShadow!: Int32Array
  savedS!: Float64Array
  savedNode!: Int32Array
  state!: Uint8Array
  stage!: Int32Array
  number!: Int32Array
  nextShadow!: Int32Array
  standby!: Uint8Array
  beginS!: Float64Array
  startupS!: Float64Array
  underWay!: Int32Array
  firstMessage!: Int32Array
  runS!: Float64Array
  factor!: Float64Array
  speed!: Float64Array
  resumedS!: Float64Array
  faulty!: Uint8Array
  generation!: Int32Array
  owner!: Int32Array
  node!: Int32Array
  tasks!: Int32Array
  nextEntry!: Int32Array
  burning!: Uint8Array
  beginProgress!: Float64Array
  endProgress!: Float64Array
  shareS!: Float64Array
  dueAt!: Int32Array
  entriesLeft!: Int32Array
  previousOnNode!: Int32Array
  nextOnNode!: Int32Array
  /** Slots ever used; those below it may be free. */
  high = 0
  private capacity = 0
  /** First recycled block of each length; a list threaded through `nextEntry`. */
  private readonly firstFree: number[] = []

  constructor() {
    this.grow(1024)
  }

  /** First slot of a block of consecutive ones. */
  allocate(length = 1): number {
    const free = this.firstFree[length] ?? -1
    if (free >= 0) {
      this.firstFree[length] = this.nextEntry[free]
      return free
    }
    while (this.high + length > this.capacity) this.grow(2 * this.capacity)
    this.high += length
    return this.high - length
  }

  /** Gives a block back as it was allocated. */
  release(slot: number, length = 1): void {
    for (let i = slot; i < slot + length; i++) {
      this.state[i] = slotState.free
      this.generation[i]++
    }
    this.nextEntry[slot] = this.firstFree[length] ?? -1
    this.firstFree[length] = slot
  }

  private grow(capacity: number): void {
    const self = this as unknown as ColumnsOf<typeof columns>
    for (const [name, ColumnType] of Object.entries(columns)) {
      const larger = new ColumnType(capacity)
      const column = self[name as keyof typeof columns]
      if (column !== undefined) larger.set(column as never)
      ;(self as Record<string, unknown>)[name] = larger
    }
    this.capacity = capacity
  }
}
