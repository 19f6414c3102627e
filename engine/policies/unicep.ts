import { composed } from './compose.ts'

export const unicep = composed(
  {
    name: 'unicep',
    summary: 'Small jobs soon: by wait over estimate and the logarithm of tasks (UNICEP); the head blocks.',
  },
  { order: 'unicep', blocking: true, choice: 'first-fit' },
)
