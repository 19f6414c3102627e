/** instance_events of Google's cluster traces of 2019 (Wilkes: trace v3), as BigQuery exports them. */
import { type EventKind, gatherEvents, machineOptions } from './google-events.ts'
import { type Row, tableFormat } from './table.ts'

/** SUBMIT, QUEUE, ENABLE, SCHEDULE, EVICT, FAIL, FINISH, KILL, LOST, UPDATE_PENDING, UPDATE_RUNNING */
const names = [
  'submit',
  'queue',
  'enable',
  'schedule',
  'evict',
  'fail',
  'finish',
  'kill',
  'lost',
  'update_pending',
  'update_running',
]
const ends: ReadonlySet<string> = new Set(['evict', 'fail', 'finish', 'kill', 'lost'])

export const google2019 = tableFormat({
  name: 'google-2019',
  summary:
    'instance_events of Google’s cluster traces of 2019 as CSV: a job for each run of an instance; requests are parts of the largest machine.',
  needs: ['time', 'type', 'collection_id', 'instance_index'],
  reads: ['resource_request', 'resource_request.cpus', 'resource_request.memory', 'cpus', 'memory'],
  options: machineOptions,
  gather: (options, trace) =>
    gatherEvents(
      row => ({
        instance: `${row.text('collection_id')}/${row.text('instance_index')}`,
        kind: kindOf(row),
        timeS: row.number('time') / 1e6,
        cpu: requestOf(row, 'cpus'),
        memory: requestOf(row, 'memory'),
      }),
      options,
      trace,
    ),
})

/** Events are numbers or names. */
function kindOf(row: Row): EventKind {
  const text = row.text('type').toLowerCase()
  const name = names[Number(text)] ?? text
  if (!names.includes(name)) return row.fail(`there is no event ${row.text('type')}`)
  if (name === 'submit' || name === 'schedule') return name
  return ends.has(name) ? 'end' : 'other'
}

/** Of a column of its own, or out of `{'cpus': 0.02, 'memory': 0.01}`. */
function requestOf(row: Row, what: 'cpus' | 'memory'): number {
  for (const column of [`resource_request.${what}`, what]) if (row.text(column) !== '') return row.number(column)
  const match = new RegExp(`['"]?${what}['"]?: *([-+.0-9eE]+)`).exec(row.text('resource_request'))
  return match === null ? 0 : Number(match[1])
}
