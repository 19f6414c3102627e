/**
 * Jobs of one stage that wait far behind the first of their class: 40 bytes each instead of a slot, in the order in
 * which they were put in. A job gets a slot again, the same in all but its number, when its turn comes near.
 */
import { type Arena, slotState } from './arena.ts'
import { fillJob, fillStage } from './job-slots.ts'
import type { Model } from './model.ts'

/** Jobs in a block: blocks that were emptied are let go, or filled again. */
const blockJobs = 256

interface Block {
  /** Of each job its key, submission, ordinal and work. */
  readonly floats: Float64Array
  /** Its stage in the model, and its origin. */
  readonly ints: Int32Array
}

export class Backlog {
  count = 0
  private readonly arena: Arena
  private readonly model: Model
  private blocks: Block[] = []
  /** Place of the first job in the first block. */
  private first = 0
  private spare: Block | null = null

  constructor(arena: Arena, model: Model) {
    this.arena = arena
    this.model = model
  }

  /** Whether a stage that waits comes after the last job, by key, submission, workload and ordinal; the backlog is not empty. */
  isBefore(stage: number): boolean {
    const { arena, blocks } = this
    const at = this.first + this.count - 1 - (blocks.length - 1) * blockJobs
    const { floats, ints } = blocks[blocks.length - 1]
    const key = arena.key(stage)
    const submitS = arena.submitS(stage)
    const template = arena.template(stage)
    if (floats[4 * at] !== key) return floats[4 * at] < key
    if (floats[4 * at + 1] !== submitS) return floats[4 * at + 1] < submitS
    if (ints[2 * at] !== template) return ints[2 * at] < template
    return floats[4 * at + 2] < arena.ordinal(stage)
  }

  /** Takes the job of a stage in and gives its slot back. */
  put(stage: number): void {
    const { arena, blocks } = this
    const place = (this.first + this.count++) % blockJobs
    if (place === 0 || blocks.length === 0) this.addBlock()
    const { floats, ints } = blocks[blocks.length - 1]
    floats[4 * place] = arena.key(stage)
    floats[4 * place + 1] = arena.submitS(stage)
    floats[4 * place + 2] = arena.ordinal(stage)
    floats[4 * place + 3] = arena.workS(stage)
    ints[2 * place] = arena.template(stage)
    ints[2 * place + 1] = arena.origin(stage)
    arena.release(stage)
  }

  /** Takes the first job out: its slot, which waits in class `stageClass`. */
  take(stageClass: number): number {
    const { arena, model, first } = this
    const { floats, ints } = this.blocks[0]
    const job = arena.allocate()
    const template = ints[2 * first]
    arena.setSubmitS(job, floats[4 * first + 1])
    arena.setOrigin(job, ints[2 * first + 1])
    fillStage(arena, model, job, job, template, floats[4 * first + 2])
    fillJob(arena, model, job, model.stages.workload[template])
    arena.setKey(job, floats[4 * first])
    arena.setWorkS(job, floats[4 * first + 3])
    arena.setStageClass(job, stageClass)
    arena.setState(job, slotState.waiting)
    this.count--
    this.first++
    if (this.first === blockJobs || this.count === 0) this.dropBlock()
    return job
  }

  private addBlock(): void {
    this.blocks.push(this.spare ?? { floats: new Float64Array(4 * blockJobs), ints: new Int32Array(2 * blockJobs) })
    this.spare = null
  }

  private dropBlock(): void {
    this.spare = this.blocks[0]
    this.blocks.shift()
    this.first = 0
  }
}
