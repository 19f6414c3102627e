import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heartbeatOf } from '../../runner/clusters/control-plane.ts'

test('failures are noticed after the declared time in the mean', () => {
  expect(heartbeatOf(40)).toEqual({ leaseSeconds: 16, graceSeconds: 41.5 })
  expect(heartbeatOf(1)).toEqual({ leaseSeconds: 4, graceSeconds: 5 })
  fc.assert(
    fc.property(fc.double({ min: 5, max: 3600, noNaN: true }), detectionS => {
      const { leaseSeconds, graceSeconds } = heartbeatOf(detectionS)
      const renewS = leaseSeconds / 4
      expect(graceSeconds - renewS / 2 + 0.5).toBeCloseTo(detectionS, 2)
      // Two renewals may be missed.
      expect(graceSeconds).toBeGreaterThan(3 * renewS)
    }),
  )
})
