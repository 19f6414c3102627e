/** Plans on disk: an embedded database (LMDB), which is whole after a crash at any moment. Ids sort by time. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { FabricdtError } from '../errors.ts'
import type { StoredPlan } from './plan.ts'

export interface ListOptions {
  readonly limit: number
  /** Id of the last plan of the page before. */
  readonly after?: string | undefined
  readonly status?: string | undefined
  readonly name?: string | undefined
}

export class PlanStore {
  private readonly database: RootDatabase<StoredPlan, string>

  /** Throws FabricdtError `output-failed` where the folder cannot be written. */
  constructor(folder: string) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      this.database = open<StoredPlan, string>({ path: join(folder, 'plans.mdb'), compression: true })
    } catch (cause) {
      const hint = 'Give a folder that can be written with --state.'
      throw new FabricdtError('output-failed', `cannot keep plans in ${folder}: ${(cause as Error).message}`, {
        cause,
        hint,
      })
    }
  }

  get(id: string): StoredPlan | undefined {
    return this.database.get(id)
  }

  /** Resolves when the plan is safe from a crash of this process. */
  async put(plan: StoredPlan): Promise<void> {
    await this.database.put(plan.id, plan)
  }

  has(id: string): boolean {
    return this.database.doesExist(id)
  }

  async remove(id: string): Promise<void> {
    await this.database.remove(id)
  }

  /** Latest first; `next` is what to ask for the next page after, null on the last one. */
  list({ limit, after, status, name }: ListOptions): { plans: StoredPlan[]; next: string | null } {
    const plans: StoredPlan[] = []
    const range = after === undefined ? {} : { start: after, exclusiveStart: true }
    for (const { value } of this.database.getRange({ reverse: true, ...range })) {
      if ((status !== undefined && value.status !== status) || (name !== undefined && value.name !== name)) continue
      if (plans.length === limit) return { plans, next: plans[limit - 1].id }
      plans.push(value)
    }
    return { plans, next: null }
  }

  /** Oldest first. */
  *all(): Iterable<StoredPlan> {
    for (const { value } of this.database.getRange({})) yield value
  }

  get count(): number {
    return this.database.getCount()
  }

  close(): Promise<void> {
    return this.database.close()
  }
}

/** Later ones sort after earlier ones, also those of one millisecond that this process makes. */
export function createPlanId(nowMs: number): string {
  const ms = Math.max(nowMs, lastMs)
  serial = ms === lastMs ? serial + 1 : 0
  lastMs = ms
  const time = ms.toString(36).padStart(9, '0')
  return `plan-${time}${serial.toString(36).padStart(3, '0')}${randomBytes(5).toString('hex')}`
}

let lastMs = 0
let serial = 0
