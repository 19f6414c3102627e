import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  claimFabric,
  type FabricState,
  fabricFolder,
  forgetFabric,
  readFabric,
  readFabrics,
  stateHome,
  writeFabric,
} from '../../runner/clusters/state.ts'
import { useTemporaryState } from './temporary-state.ts'

useTemporaryState()

const fabric = (name: string): FabricState => ({
  version: 1,
  name,
  provider: 'kwok',
  createdAt: '2026-01-01T00:00:00Z',
  phase: 'making',
  owner: '1-1',
  plan: { name, scaling: 100, clusters: [] },
  options: {},
  clusters: [],
})

test('a name is taken once, whole, and privately', () => {
  expect(readFabrics()).toEqual([])
  expect(claimFabric(fabric('b'))).toBe(true)
  expect(claimFabric(fabric('b'))).toBe(false)
  expect(claimFabric(fabric('a'))).toBe(true)
  expect(readFabrics()).toEqual([fabric('a'), fabric('b')])
  expect(statSync(fabricFolder('a')).mode & 0o077).toBe(0)
  expect(readdirSync(join(stateHome(), 'fabrics')).sort()).toEqual(['a', 'b'])
})

test('what is noted is read again; what is forgotten is gone', () => {
  claimFabric(fabric('a'))
  writeFabric({ ...fabric('a'), phase: 'up' })
  expect(readFabric('a')?.phase).toBe('up')
  forgetFabric('a')
  expect(readFabric('a')).toBeNull()
})

test('what a runner left that died while it took a name is swept away, and is no fabric', () => {
  const left = join(stateHome(), 'fabrics', '.claim-4194305-1')
  mkdirSync(left, { recursive: true })
  writeFileSync(join(left, 'fabric.json'), '{')
  expect(readFabrics()).toEqual([])
  expect(claimFabric(fabric('a'))).toBe(true)
  expect(readdirSync(join(stateHome(), 'fabrics'))).toEqual(['a'])
})
