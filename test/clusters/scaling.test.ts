import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  limitMilli,
  quantitiesOf,
  roundingOf,
  scaleBytes,
  scaleMilli,
  scaleResources,
} from '../../runner/clusters/scaling.ts'

test('nodes are rounded up, what asks for a part of them down', () => {
  expect(scaleMilli(8000, 100, 'up')).toBe(80)
  expect(scaleMilli(50, 100, 'up')).toBe(1)
  expect(scaleMilli(150, 100, 'up')).toBe(2)
  expect(scaleMilli(150, 100, 'down')).toBe(1)
  expect(scaleMilli(50, 100, 'down')).toBe(1)
  expect(scaleMilli(0, 100, 'up')).toBe(0)
  expect(scaleBytes(1001, 1000, 'up')).toBe(2)
})

test('floating point adds no unit', () => {
  expect(scaleMilli(1100, 1.1, 'up')).toBe(1000)
  expect(scaleMilli(3300, 1.1, 'down')).toBe(3000)
})

test('a cluster never refuses what the engine has room for, down to one millicore', () => {
  const milli = fc.integer({ min: 100, max: 1_000_000 })
  fc.assert(
    fc.property(milli, milli, fc.integer({ min: 1, max: 100 }), (node, task, scaling) => {
      const fits = Math.floor(node / task)
      const scaledFits = Math.floor(scaleMilli(node, scaling, 'up') / scaleMilli(task, scaling, 'down'))
      expect(scaledFits).toBeGreaterThanOrEqual(fits)
    }),
  )
})

test('GPUs stay as they are, in thousandths', () => {
  expect(scaleResources({ cpuMilli: 1000, memoryBytes: 1000, gpuMilli: 4000 }, 100, 'up').gpuMilli).toBe(4000)
})

test('as Kubernetes quantities, without what is nothing', () => {
  expect(quantitiesOf({ cpuMilli: 20, memoryBytes: 1024, gpuMilli: 0 })).toEqual({ cpu: '20m', memory: '1024' })
  expect(quantitiesOf({ cpuMilli: 0, memoryBytes: 0, gpuMilli: 500 })).toEqual({ 'fabricdt.io/gpu-milli': '500' })
})

test('a limit below what CFS enforces is that, and how far off a scaled value is can be said', () => {
  expect(limitMilli(5)).toBe(10)
  expect(limitMilli(20)).toBe(20)
  expect(roundingOf(150, 2, 100)).toBeCloseTo(1 / 3)
  expect(roundingOf(0, 0, 100)).toBe(0)
})
