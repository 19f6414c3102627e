/** Jobs of the traces in ../shared/data/swf-rlscheduler as RLScheduler keeps them. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export interface SwfJob {
  submitS: number
  runS: number
  requestedS: number
  processors: number
}

/** Run times of −1 count as 10 s, jobs of 0 s are left out; processors: the more of allocated and requested. */
export function readSwf(path: string): SwfJob[] {
  const lines = gunzipSync(readFileSync(path)).toString('latin1').split('\n')
  const rows = lines.filter(line => /^\s*\d/.test(line)).map(line => line.trim().split(/\s+/).map(Number))
  return rows
    .sort((a, b) => a[0] - b[0])
    .map(([, submitS, , run, allocated, , , requested, time]) => {
      const runS = run < 0 ? 10 : run
      return { submitS, runS, requestedS: time < 0 ? runS : time, processors: Math.max(allocated, requested) }
    })
    .filter(({ runS }) => runS > 0)
}
