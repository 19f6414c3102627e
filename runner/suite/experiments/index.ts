/** The table of experiments: one file, one line. */
import type { Experiment } from '../experiment.ts'
import { predictionError } from './v1-prediction-error.ts'
import { originAwareness } from './v2-origin-awareness.ts'
import { failureResponse } from './v3-failure-response.ts'
import { policyComparison } from './v4-policy-comparison.ts'
import { scalingFactor } from './v5-scaling-factor.ts'
import { crossIsaOverhead } from './v6-cross-isa-overhead.ts'

export const experiments: readonly Experiment[] = [
  predictionError,
  originAwareness,
  failureResponse,
  policyComparison,
  scalingFactor,
  crossIsaOverhead,
]
