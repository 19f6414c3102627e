/**
 * State of stages and their attempts as columns indexed by slot. A stage has one slot from its submission to its end;
 * its first attempt lives in that same slot, shadows in slots of their own. An attempt's tasks on one node are an
 * entry: the first lives in the attempt's slot, further ones (gangs across nodes) in slots of their own. Slots are
 * recycled, so memory follows what is alive.
 */

/** What an attempt slot is doing. */
export const slotState = { free: 0, waiting: 1, starting: 2, running: 3, lost: 4, entry: 5, idle: 6 } as const

const columns = {
  // --- the stage
  /** Stage of the model. */
  template: Int32Array,
  ordinal: Float64Array,
  submitS: Float64Array,
  /** Absolute; Infinity without. */
  deadlineS: Float64Array,
  origin: Int32Array,
  stageClass: Int32Array,
  /** Seconds at speed 1. */
  workS: Float64Array,
  estimateS: Float64Array,
  /** The policy's key while it waits. */
  key: Float64Array,
  retriesUsed: Int32Array,
  /** Attempts started so far, and those placed now. */
  attempts: Int32Array,
  placed: Int32Array,
  /** First shadow's slot; −1. */
  firstShadow: Int32Array,
  // --- the attempt
  state: Uint8Array,
  /** The stage that it is an attempt of. */
  stage: Int32Array,
  number: Int32Array,
  /** Next shadow of the stage; −1. */
  nextShadow: Int32Array,
  beginS: Float64Array,
  runS: Float64Array,
  /** 1 if it will end of its own fault. */
  faulty: Uint8Array,
  /** Entries of the calendar with another generation are stale. */
  generation: Int32Array,
  // --- the entry: tasks of an attempt on one node
  owner: Int32Array,
  node: Int32Array,
  tasks: Int32Array,
  nextEntry: Int32Array,
  /** 1 while the tasks use their cores. */
  burning: Uint8Array,
  /** Neighbours in the list of what is on the node; kept only where nodes can fail. */
  previousOnNode: Int32Array,
  nextOnNode: Int32Array,
} as const

type ColumnsOf<T> = { -readonly [K in keyof T]: T[K] extends { new (length: number): infer A } ? A : never }

export class Arena {
  template!: Int32Array
  ordinal!: Float64Array
  submitS!: Float64Array
  deadlineS!: Float64Array
  origin!: Int32Array
  stageClass!: Int32Array
  workS!: Float64Array
  estimateS!: Float64Array
  key!: Float64Array
  retriesUsed!: Int32Array
  attempts!: Int32Array
  placed!: Int32Array
  firstShadow!: Int32Array
  state!: Uint8Array
  stage!: Int32Array
  number!: Int32Array
  nextShadow!: Int32Array
  beginS!: Float64Array
  runS!: Float64Array
  faulty!: Uint8Array
  generation!: Int32Array
  owner!: Int32Array
  node!: Int32Array
  tasks!: Int32Array
  nextEntry!: Int32Array
  burning!: Uint8Array
  previousOnNode!: Int32Array
  nextOnNode!: Int32Array
  /** Slots ever used; those below it may be free. */
  high = 0
  private capacity = 0
  /** Recycled slots: a stack threaded through `nextEntry`. */
  private firstFree = -1

  constructor() {
    this.grow(1024)
  }

  allocate(): number {
    const free = this.firstFree
    if (free >= 0) {
      this.firstFree = this.nextEntry[free]
      return free
    }
    if (this.high === this.capacity) this.grow(2 * this.capacity)
    return this.high++
  }

  release(slot: number): void {
    this.state[slot] = slotState.free
    this.generation[slot]++
    this.nextEntry[slot] = this.firstFree
    this.firstFree = slot
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
