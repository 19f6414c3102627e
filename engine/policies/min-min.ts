import { batch } from './batch.ts'

export const minMin = batch(
  'min-min',
  'All that waits against all nodes: next always what can be over first (Min-Min); nothing blocks.',
  earliestS => -earliestS,
)
