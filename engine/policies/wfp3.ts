import { composed } from './compose.ts'

export const wfp3 = composed(
  {
    name: 'wfp3',
    summary:
      'Those first that have waited longest for their estimate, wide ones before narrow ones (WFP3); the head blocks.',
  },
  { order: 'wfp3', blocking: true, choice: 'first-fit' },
)
