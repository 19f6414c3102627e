/**
 * State of jobs, stages and attempts: one record for each slot, all in one buffer. A job has a block of consecutive
 * slots, one for each stage; what is the job's own stands in the first. A stage's first attempt lives in the stage's
 * slot, shadows in slots of their own. An attempt's tasks on one node are an entry: the first lives in the attempt's slot, further ones
 * (gangs across nodes) in slots of their own. Slots are recycled, so memory follows what is alive.
 *
 * A record and not a column for each field: an attempt that ends is one of many thousands, and its record is on a few
 * lines of the cache where columns would be on thirty. Fields are read and written through small methods that V8 makes
 * a load or a store; the numbers in them are places within the record (64-bit numbers first), literals because V8 then
 * knows them. `arena.test.ts` shows that no two fields share one.
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
  /** A stage that a policy has put off until a time. */
  deferred: 9,
} as const

/** Words of 32 bits in a record: four lines of the cache. */
const recordInts = 64

export class Arena {
  private ints!: Int32Array
  private floats!: Float64Array
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
      this.firstFree[length] = this.nextEntry(free)
      return free
    }
    while (this.high + length > this.capacity) this.grow(2 * this.capacity)
    this.high += length
    return this.high - length
  }

  /** Gives a block back as it was allocated. */
  release(slot: number, length = 1): void {
    for (let i = slot; i < slot + length; i++) {
      this.setState(i, slotState.free)
      this.setGeneration(i, this.generation(i) + 1)
    }
    this.setNextEntry(slot, this.firstFree[length] ?? -1)
    this.firstFree[length] = slot
  }

  private grow(capacity: number): void {
    const ints = new Int32Array(capacity * recordInts)
    if (this.capacity > 0) ints.set(this.ints)
    this.ints = ints
    this.floats = new Float64Array(ints.buffer)
    this.capacity = capacity
  }

  // --- the job, in its first slot

  deadlineS(slot: number): number {
    return this.floats[slot * 32 + 12]
  }
  setDeadlineS(slot: number, value: number): void {
    this.floats[slot * 32 + 12] = value
  }
  /** A cancellation with another one is stale. */
  jobGeneration(slot: number): number {
    return this.ints[slot * 64 + 53]
  }
  setJobGeneration(slot: number, value: number): void {
    this.ints[slot * 64 + 53] = value
  }
  origin(slot: number): number {
    return this.ints[slot * 64 + 44]
  }
  setOrigin(slot: number, value: number): void {
    this.ints[slot * 64 + 44] = value
  }
  stagesLeft(slot: number): number {
    return this.ints[slot * 64 + 45]
  }
  setStagesLeft(slot: number, value: number): void {
    this.ints[slot * 64 + 45] = value
  }
  /** Answers on their way to the origin that do not get through at once. */
  answersLeft(slot: number): number {
    return this.ints[slot * 64 + 54]
  }
  setAnswersLeft(slot: number, value: number): void {
    this.ints[slot * 64 + 54] = value
  }
  jobAttempts(slot: number): number {
    return this.ints[slot * 64 + 52]
  }
  setJobAttempts(slot: number, value: number): void {
    this.ints[slot * 64 + 52] = value
  }
  /** Earliest begin of the attempts that completed root stages. */
  firstBeginS(slot: number): number {
    return this.floats[slot * 32 + 10]
  }
  setFirstBeginS(slot: number, value: number): void {
    this.floats[slot * 32 + 10] = value
  }
  /** Latest arrival of an answer at the origin, and the cluster of the sink that ended last. */
  answerS(slot: number): number {
    return this.floats[slot * 32 + 11]
  }
  setAnswerS(slot: number, value: number): void {
    this.floats[slot * 32 + 11] = value
  }
  lastCluster(slot: number): number {
    return this.ints[slot * 64 + 51]
  }
  setLastCluster(slot: number, value: number): void {
    this.ints[slot * 64 + 51] = value
  }

  // --- the stage

  job(slot: number): number {
    return this.ints[slot * 64 + 32]
  }
  setJob(slot: number, value: number): void {
    this.ints[slot * 64 + 32] = value
  }
  template(slot: number): number {
    return this.ints[slot * 64 + 33]
  }
  setTemplate(slot: number, value: number): void {
    this.ints[slot * 64 + 33] = value
  }
  ordinal(slot: number): number {
    return this.floats[slot * 32 + 5]
  }
  setOrdinal(slot: number, value: number): void {
    this.floats[slot * 32 + 5] = value
  }
  submitS(slot: number): number {
    return this.floats[slot * 32]
  }
  setSubmitS(slot: number, value: number): void {
    this.floats[slot * 32] = value
  }
  stageClass(slot: number): number {
    return this.ints[slot * 64 + 34]
  }
  setStageClass(slot: number, value: number): void {
    this.ints[slot * 64 + 34] = value
  }
  predecessorsLeft(slot: number): number {
    return this.ints[slot * 64 + 55]
  }
  setPredecessorsLeft(slot: number, value: number): void {
    this.ints[slot * 64 + 55] = value
  }
  workS(slot: number): number {
    return this.floats[slot * 32 + 3]
  }
  setWorkS(slot: number, value: number): void {
    this.floats[slot * 32 + 3] = value
  }
  estimateS(slot: number): number {
    return this.floats[slot * 32 + 4]
  }
  setEstimateS(slot: number, value: number): void {
    this.floats[slot * 32 + 4] = value
  }
  /** The policy's key while it waits. */
  key(slot: number): number {
    return this.floats[slot * 32 + 6]
  }
  setKey(slot: number, value: number): void {
    this.floats[slot * 32 + 6] = value
  }
  retriesUsed(slot: number): number {
    return this.ints[slot * 64 + 56]
  }
  setRetriesUsed(slot: number, value: number): void {
    this.ints[slot * 64 + 56] = value
  }
  /** Attempts started so far, and those placed now. */
  attempts(slot: number): number {
    return this.ints[slot * 64 + 42]
  }
  setAttempts(slot: number, value: number): void {
    this.ints[slot * 64 + 42] = value
  }
  placed(slot: number): number {
    return this.ints[slot * 64 + 43]
  }
  setPlaced(slot: number, value: number): void {
    this.ints[slot * 64 + 43] = value
  }
  /** Of those placed, the ones that stand by. */
  standbys(slot: number): number {
    return this.ints[slot * 64 + 47]
  }
  setStandbys(slot: number, value: number): void {
    this.ints[slot * 64 + 47] = value
  }
  /** Cluster of the attempt that completed it. */
  wonCluster(slot: number): number {
    return this.ints[slot * 64 + 50]
  }
  setWonCluster(slot: number, value: number): void {
    this.ints[slot * 64 + 50] = value
  }
  /** First shadow's slot; −1. */
  firstShadow(slot: number): number {
    return this.ints[slot * 64 + 49]
  }
  setFirstShadow(slot: number, value: number): void {
    this.ints[slot * 64 + 49] = value
  }
  /** Work that the last checkpoint holds, and the node on which it was written. */
  savedS(slot: number): number {
    return this.floats[slot * 32 + 13]
  }
  setSavedS(slot: number, value: number): void {
    this.floats[slot * 32 + 13] = value
  }
  savedNode(slot: number): number {
    return this.ints[slot * 64 + 57]
  }
  setSavedNode(slot: number, value: number): void {
    this.ints[slot * 64 + 57] = value
  }

  // --- the attempt

  state(slot: number): number {
    return this.ints[slot * 64 + 30]
  }
  setState(slot: number, value: number): void {
    this.ints[slot * 64 + 30] = value
  }
  /** The stage that it is an attempt of. */
  stage(slot: number): number {
    return this.ints[slot * 64 + 31]
  }
  setStage(slot: number, value: number): void {
    this.ints[slot * 64 + 31] = value
  }
  number(slot: number): number {
    return this.ints[slot * 64 + 40]
  }
  setNumber(slot: number, value: number): void {
    this.ints[slot * 64 + 40] = value
  }
  /** Next shadow of the stage; −1. */
  nextShadow(slot: number): number {
    return this.ints[slot * 64 + 58]
  }
  setNextShadow(slot: number, value: number): void {
    this.ints[slot * 64 + 58] = value
  }
  /** 1 while it only reserves. */
  standby(slot: number): number {
    return this.ints[slot * 64 + 46]
  }
  setStandby(slot: number, value: number): void {
    this.ints[slot * 64 + 46] = value
  }
  /** When it begins; while messages are under way, when the latest of the others arrives. */
  beginS(slot: number): number {
    return this.floats[slot * 32 + 1]
  }
  setBeginS(slot: number, value: number): void {
    this.floats[slot * 32 + 1] = value
  }
  startupS(slot: number): number {
    return this.floats[slot * 32 + 9]
  }
  setStartupS(slot: number, value: number): void {
    this.floats[slot * 32 + 9] = value
  }
  /** Messages that it waits for, and a list of them: see `network.ts`. */
  underWay(slot: number): number {
    return this.ints[slot * 64 + 59]
  }
  setUnderWay(slot: number, value: number): void {
    this.ints[slot * 64 + 59] = value
  }
  firstMessage(slot: number): number {
    return this.ints[slot * 64 + 60]
  }
  setFirstMessage(slot: number, value: number): void {
    this.ints[slot * 64 + 60] = value
  }
  runS(slot: number): number {
    return this.floats[slot * 32 + 2]
  }
  setRunS(slot: number, value: number): void {
    this.floats[slot * 32 + 2] = value
  }
  /** Greatest run-time factor and least speed of its nodes: a second of work takes factor / speed seconds. */
  factor(slot: number): number {
    return this.floats[slot * 32 + 7]
  }
  setFactor(slot: number, value: number): void {
    this.floats[slot * 32 + 7] = value
  }
  speed(slot: number): number {
    return this.floats[slot * 32 + 8]
  }
  setSpeed(slot: number, value: number): void {
    this.floats[slot * 32 + 8] = value
  }
  /** Saved work that it began with. */
  resumedS(slot: number): number {
    return this.floats[slot * 32 + 14]
  }
  setResumedS(slot: number, value: number): void {
    this.floats[slot * 32 + 14] = value
  }
  /** 1 if it will end of its own fault. */
  faulty(slot: number): number {
    return this.ints[slot * 64 + 48]
  }
  setFaulty(slot: number, value: number): void {
    this.ints[slot * 64 + 48] = value
  }
  /** Entries of the calendar with another generation are stale. */
  generation(slot: number): number {
    return this.ints[slot * 64 + 38]
  }
  setGeneration(slot: number, value: number): void {
    this.ints[slot * 64 + 38] = value
  }

  // --- the entry: tasks of an attempt on one node

  owner(slot: number): number {
    return this.ints[slot * 64 + 39]
  }
  setOwner(slot: number, value: number): void {
    this.ints[slot * 64 + 39] = value
  }
  node(slot: number): number {
    return this.ints[slot * 64 + 35]
  }
  setNode(slot: number, value: number): void {
    this.ints[slot * 64 + 35] = value
  }
  tasks(slot: number): number {
    return this.ints[slot * 64 + 36]
  }
  setTasks(slot: number, value: number): void {
    this.ints[slot * 64 + 36] = value
  }
  nextEntry(slot: number): number {
    return this.ints[slot * 64 + 37]
  }
  setNextEntry(slot: number, value: number): void {
    this.ints[slot * 64 + 37] = value
  }
  /** 1 while the tasks use their cores; in elastic models 2 when they are over before their attempt. */
  burning(slot: number): number {
    return this.ints[slot * 64 + 41]
  }
  setBurning(slot: number, value: number): void {
    this.ints[slot * 64 + 41] = value
  }
  /** Elastic, of the attempt: entries that are not over. */
  entriesLeft(slot: number): number {
    return this.ints[slot * 64 + 61]
  }
  setEntriesLeft(slot: number, value: number): void {
    this.ints[slot * 64 + 61] = value
  }
  /** Neighbours in the list of what is on the node; kept only where nodes can fail. */
  previousOnNode(slot: number): number {
    return this.ints[slot * 64 + 62]
  }
  setPreviousOnNode(slot: number, value: number): void {
    this.ints[slot * 64 + 62] = value
  }
  nextOnNode(slot: number): number {
    return this.ints[slot * 64 + 63]
  }
  setNextOnNode(slot: number, value: number): void {
    this.ints[slot * 64 + 63] = value
  }
}
