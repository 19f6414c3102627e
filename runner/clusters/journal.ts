/**
 * What was touched and is not put back yet: a line before a thing is touched, another when it is as it was. Whoever comes
 * after a runner that was killed reads here what to put back.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Step } from './inject/means.ts'
import { isAlive, owner } from './owner.ts'
import { fabricFolder } from './state.ts'

type Line = { id: string; atMs: number } & ({ touch: Step } | { restored: true })

export interface OpenStep {
  readonly id: string
  readonly step: Step
  readonly alive: boolean
}

export class Journal {
  private readonly file: string
  private count = 0

  constructor(fabric: string) {
    this.file = join(fabricFolder(fabric), 'journal.jsonl')
  }

  /** Kept on disk when it returns, so before the thing is touched. Returns the id to give to `restored`. */
  touch(step: Step): string {
    const id = `${owner()}-${this.count++}`
    this.append({ id, atMs: Date.now(), touch: step })
    return id
  }

  restored(id: string): void {
    this.append({ id, atMs: Date.now(), restored: true })
  }

  /**
   * What is not put back, last touched first, and whether whoever touched it is still at work; a line that a dying
   * runner only half wrote was never acted upon.
   */
  open(): OpenStep[] {
    const touched = new Map<string, Step>()
    for (const line of this.lines()) {
      if ('touch' in line) touched.set(line.id, line.touch)
      else touched.delete(line.id)
    }
    return [...touched].map(([id, step]) => ({ id, step, alive: isAlive(id) })).reverse()
  }

  private lines(): Line[] {
    if (!existsSync(this.file)) return []
    return readFileSync(this.file, 'utf8').split('\n').flatMap(parse)
  }

  private append(line: Line): void {
    mkdirSync(dirname(this.file), { recursive: true })
    const file = openSync(this.file, 'a', 0o600)
    try {
      // A line begins on its own line, whatever a dying runner left of the last one.
      writeSync(file, `\n${JSON.stringify(line)}`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  }
}

function parse(text: string): Line[] {
  try {
    return [JSON.parse(text) as Line]
  } catch {
    return []
  }
}
