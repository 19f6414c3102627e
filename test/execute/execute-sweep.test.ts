/** What cannot be executed is said before anything is made. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executionText } from '../../runner/cli/execution-text.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { type FabricState, fabricFolder, writeFabric } from '../../runner/clusters/state.ts'
import { executeSweep } from '../../runner/execute/execute-sweep.ts'
import { parsePoints } from '../../runner/scenario/load-points.ts'
import { text } from '../scenario/parse.ts'

const sweepOf = (replaced: Parameters<typeof text>[0] = {}) => parsePoints(text(replaced), 'test.yaml')

const execute = (replaced: Parameters<typeof text>[0], provider = 'kwok') =>
  executeSweep(sweepOf(replaced), {
    ...{ mode: 'execute', provider, runId: 'r', image: 'i', say: () => {} },
    predict: { threads: 1, signal: new AbortController().signal, cache: null },
  })

let folder: string
const before = process.env.FABRICDT_STATE

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabricdt-execute-'))
  process.env.FABRICDT_STATE = folder
})
afterAll(() => {
  if (before === undefined) delete process.env.FABRICDT_STATE
  else process.env.FABRICDT_STATE = before
  rmSync(folder, { recursive: true, force: true })
})

/** A fabric of the scenario `test`, as if it had been made. */
function note(state: Partial<FabricState>): void {
  mkdirSync(fabricFolder('test'), { recursive: true })
  const plan = planFabric(sweepOf().points[0].loaded.scenario)
  const made = { version: 1, name: 'test', provider: 'kwok', createdAt: '', owner: '1-1', options: {}, clusters: [] }
  writeFabric({ ...made, version: 1, phase: 'up', plan, ...state })
}

describe('before anything is made', () => {
  it('a sweep, a published system and a provider that is not there are refused', async () => {
    await expect(execute({ tail: 'sweep: {seed: [1, 2]}' })).rejects.toThrow('a sweep of 2 points cannot be executed')
    await expect(execute({ tail: 'compat: rlscheduler' })).rejects.toThrow('compat: rlscheduler is for simulations')
    await expect(execute({}, 'moon')).rejects.toThrow('there is no provider moon')
  })

  it('a dry run says what would be made and run', () => {
    const lines = executionText(sweepOf({ tail: 'execute: {window: 1m}' })).split('\n')
    expect(lines[0]).toBe('test: 2 clusters with 3 nodes would be made, and taken away at the end')
    expect(lines[1]).toContain('what arrives')
    expect(lines[2]).toMatch(/^ {2}fcfs: about \d+ Jobs over \d+ s, in a namespace of its own on each cluster$/)
  })

  it('a fabric that is not the scenario’s, not ready or not the provider’s is left alone', async () => {
    note({})
    const other = {
      fabric: 'fabric:\n    clusters:\n      - {name: lab, pool: lab, nodes: 3}\n    network: {latency: 20ms}',
    }
    await expect(execute(other)).rejects.toMatchObject({ code: 'fabric-differs' })
    note({ provider: 'k3d' })
    await expect(execute({})).rejects.toThrow('was made by k3d, not by kwok')
    note({ phase: 'making' })
    await expect(execute({})).rejects.toThrow('is not up')
  })
})
