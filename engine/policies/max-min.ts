import { batch } from './batch.ts'

export const maxMin = batch(
  'max-min',
  'All that waits against all nodes: next always what will be over last at best (Max-Min); nothing blocks.',
  earliestS => earliestS,
)
