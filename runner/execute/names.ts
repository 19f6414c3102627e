/** What an attempt's Jobs are called. */
import type { LiveAttempt, Model } from '../../engine/index.ts'
import { sha256 } from '../output/canonical.ts'

/** Pods are named after Jobs, with six characters more, and names of pods that are labels too end at 63. */
const longest = 52

/** `camera-17-detect-0`; of a gang's further nodes with `-n1` … Names that are too long end in a hash of the whole. */
export function jobName({ workloads, stages }: Model, attempt: LiveAttempt, entry: number): string {
  const parts = [workloads.names[attempt.workload], attempt.ordinal, stages.ids[attempt.stage], attempt.number]
  const whole = [...parts, ...(entry === 0 ? [] : [`n${entry}`])].join('-')
  const name = whole
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^-+/, '')
  if (name === whole && name.length <= longest) return name
  return `${name.slice(0, longest - 9).replace(/-+$/, '')}-${sha256(whole).slice(0, 8)}`
}

/** A label's value: what is no name for Kubernetes is cut to one, since labels are for finding things. */
export const labelValue = (text: string): string =>
  text
    .replace(/[^\w.-]/g, '-')
    .slice(0, 63)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '')
