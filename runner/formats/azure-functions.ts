/** Invocations of Azure Functions (Zhang et al., SOSP 2021): app, func, end_timestamp, duration in seconds. */
import { jobOfRow, tableFormat } from './table.ts'

export const azureFunctions = tableFormat({
  name: 'azure-functions',
  summary:
    'Invocations of Azure Functions (two weeks of 2021): app, func, end_timestamp, duration; submitted at end − duration.',
  needs: ['app', 'func', 'end_timestamp', 'duration'],
  gather: jobOfRow((row, _options, trace) => {
    const runS = row.number('duration')
    const submitS = row.number('end_timestamp') - runS
    // Times count from the begin of the trace; a few calls had begun before it.
    if (submitS < 0) trace.invent('submit time: 0, since it began before the trace')
    return { submitS: Math.max(0, submitS), runS, tasks: 1 }
  }),
})
