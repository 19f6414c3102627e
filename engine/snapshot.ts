/**
 * A run at an instant, kept: simulation and policy are copied together, the immutable model is shared. A copy goes on
 * to the same result and log as the run that it was taken of, and neither sees what becomes of the other. That holds
 * as long as no function kept in the state of a run or policy captures some of that state: they hold objects instead.
 */
import { EngineError } from './engine-error.ts'
import type { Policy } from './policies/policy.ts'
import type { Simulation } from './simulation.ts'

export interface Running {
  readonly simulation: Simulation
  /** Policies may remember things: it belongs to the state of the run. */
  readonly policy: Policy
}

/** What a run was like; any number of runs can go on from it. Time and memory: linear in nodes and in what is alive or recorded. */
export class Snapshot {
  private readonly kept: Running

  /** Between two calls of `advance`, also at a decision point before or after the policy was asked. */
  constructor(running: Running) {
    this.kept = copy(running, running.simulation.view.model)
  }

  /** A run of its own that goes on from here. */
  restore(): Running {
    return copy(this.kept, this.kept.simulation.view.model)
  }
}

/** A copy of all that can be reached from `root`, but for what can be reached from `shared`. */
function copy<T extends object>(root: T, shared: object): T {
  const copies = new Map<object, object>()
  mark(shared, copies)
  return copyOf(root, copies) as T
}

/** What is immutable stands for itself. */
function mark(value: unknown, copies: Map<object, object>): void {
  if (typeof value !== 'object' || value === null || copies.has(value)) return
  copies.set(value, value)
  if (ArrayBuffer.isView(value)) copies.set(value.buffer, value.buffer)
  else for (const part of Object.values(value)) mark(part, copies)
}

function copyOf(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = copies.get(value)
  if (known !== undefined) return known
  if (ArrayBuffer.isView(value)) return copyView(value, copies)
  const created = emptyLike(value)
  // Noted before its parts are copied: they may point back to it.
  copies.set(value, created)
  if (value instanceof Map)
    for (const [key, part] of value) (created as Map<unknown, unknown>).set(copyOf(key, copies), copyOf(part, copies))
  else if (value instanceof Set) for (const part of value) (created as Set<unknown>).add(copyOf(part, copies))
  // Own properties in their order, so that V8 gives copies of one class one shape.
  for (const key of Object.keys(value)) Reflect.set(created, key, copyOf(Reflect.get(value, key), copies))
  return created
}

function emptyLike(value: object): object {
  if (Array.isArray(value)) return new Array(value.length)
  if (value instanceof Map) return new Map()
  if (value instanceof Set) return new Set()
  if (value instanceof ArrayBuffer) return value.slice(0)
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise)
    throw new EngineError(`snapshot: a ${value.constructor.name} cannot be copied`)
  return Object.create(Object.getPrototypeOf(value))
}

/** Views of one buffer stay views of one buffer. */
function copyView(view: ArrayBufferView, copies: Map<object, object>): ArrayBufferView {
  const typed = view as Int32Array
  const Type = typed.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => Int32Array
  const created = new Type(copyOf(typed.buffer, copies) as ArrayBuffer, typed.byteOffset, typed.length)
  copies.set(view, created)
  return created
}
