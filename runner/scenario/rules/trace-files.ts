import { closeSync, fstatSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { findFormat } from '../../formats/index.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { reason } from '../resolve/network.ts'
import type { WorkloadView } from '../view.ts'
import type { Rule } from './rule.ts'

type TraceView = WorkloadView['trace']

/** Files of traces can be opened. */
export const traceFiles: Rule = context => {
  for (const [i, workload] of (context.view.workloads ?? []).entries()) {
    const file = workload?.trace?.file
    if (file === undefined) continue
    const path = ['spec', 'workloads', i, 'trace', 'file']
    const trace = context.resolveFile(file, path)
    const why = whyUnreadable(trace)
    if (why !== null) context.problems.add('file-unreadable', path, `cannot read “${file}”: ${why}`)
    else checkFurther(workload?.trace, trace, [...path.slice(0, -1), 'options'], context)
  }
}

/** Files that options name lie relative to the trace. */
function checkFurther(view: TraceView, trace: string, path: Path, { problems }: Context): void {
  for (const name of findFormat(view?.format ?? '')?.files ?? []) {
    const file = (view?.options as Record<string, unknown> | undefined)?.[name]
    if (typeof file !== 'string') continue
    const why = whyUnreadable(resolve(dirname(trace), file))
    if (why !== null) problems.add('file-unreadable', [...path, name], `cannot read “${file}”: ${why}`)
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
