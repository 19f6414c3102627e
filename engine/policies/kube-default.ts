import { composed } from './compose.ts'

export const kubeDefault = composed(
  {
    name: 'kube-default',
    summary:
      'As kube-scheduler does by default: first come, first served onto the node with most left and cores and memory in balance; nothing blocks.',
  },
  { order: 'fcfs', blocking: false, choice: 'kube-default' },
)
