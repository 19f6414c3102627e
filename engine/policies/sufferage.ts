import { batch } from './batch.ts'

/** What has no second node suffers most. */
export const sufferage = batch(
  'sufferage',
  'All that waits against all nodes: next what would lose most by its second-best node (Sufferage); nothing blocks.',
  (earliestS, secondS) => secondS - earliestS,
)
