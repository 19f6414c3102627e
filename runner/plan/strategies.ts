/** What a planner plans by: the table of policies, and those of the user's own that its scenario lists or it was given. */
import { findPolicy, type PolicyEntry, policies } from '../../engine/index.ts'

export class Strategies {
  private readonly own: readonly PolicyEntry[]

  constructor(own: readonly PolicyEntry[] = []) {
    this.own = [...new Map(own.map(entry => [entry.name, entry])).values()]
  }

  get all(): readonly PolicyEntry[] {
    return [...policies, ...this.own]
  }

  /** By its name or an alias. */
  find(name: string): PolicyEntry | undefined {
    return findPolicy(name) ?? this.own.find(entry => entry.name === name)
  }
}
