/** task_events of Google's cluster trace of 2011 (Reiss, Wilkes, Hellerstein: format + schema v2.1); no header line. */
import { type EventKind, gatherEvents, machineOptions } from './google-events.ts'
import { tableFormat } from './table.ts'

const header = [
  'time',
  'missing',
  'job',
  'task',
  'machine',
  'event',
  'user',
  'schedulingClass',
  'priority',
  'cpu',
  'memory',
  'disk',
  'differentMachines',
]

/** SUBMIT, SCHEDULE, EVICT, FAIL, FINISH, KILL, LOST, UPDATE_PENDING, UPDATE_RUNNING */
const kinds: readonly EventKind[] = ['submit', 'schedule', 'end', 'end', 'end', 'end', 'end', 'other', 'other']

export const google2011 = tableFormat({
  name: 'google-2011',
  summary:
    'task_events of Google’s cluster trace of 2011: a job for each run of a task; requests are parts of the largest machine.',
  header,
  needs: ['time', 'job', 'task', 'event', 'cpu', 'memory'],
  options: machineOptions,
  gather: (options, trace) =>
    gatherEvents(
      row => ({
        instance: `${row.text('job')}/${row.text('task')}`,
        kind: kinds[row.number('event')] ?? row.fail(`there is no event ${row.text('event')}`),
        timeS: row.number('time') / 1e6,
        cpu: row.number('cpu'),
        memory: row.number('memory'),
      }),
      options,
      trace,
    ),
})
