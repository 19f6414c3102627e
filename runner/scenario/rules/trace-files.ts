import { closeSync, fstatSync, openSync } from 'node:fs'
import { reason } from '../resolve/network.ts'
import type { Rule } from './rule.ts'

/** Files of traces can be opened. */
export const traceFiles: Rule = context => {
  for (const [i, workload] of (context.view.workloads ?? []).entries()) {
    const file = workload?.trace?.file
    if (file === undefined) continue
    const path = ['spec', 'workloads', i, 'trace', 'file']
    const why = whyUnreadable(context.resolveFile(file, path))
    if (why !== null) context.problems.add('file-unreadable', path, `cannot read “${file}”: ${why}`)
  }
}

function whyUnreadable(file: string): string | null {
  let handle: number | undefined
  try {
    handle = openSync(file, 'r')
    return fstatSync(handle).isFile() ? null : 'it is no file'
  } catch (cause) {
    return reason(cause)
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
