/** What all pods of a node have used, by the kubelet's cAdvisor: the sum outlives the pods, which its own samples of them do not. */

/** A reading of the counter. */
export interface NodeCpu {
  /** Core-seconds of all pods of the node since it started. */
  readonly usedS: number
  /** When cAdvisor looked, by the node's clock: it looks every ten seconds or so. */
  readonly atMs: number
}

const metric = 'container_cpu_usage_seconds_total{'

/**
 * Of the text of `/metrics/cadvisor`; null where it has no counter of the pods' control group (`…/kubepods`, or `kubepods.slice` of
 * systemd).
 */
export function nodeCpuOf(text: string): NodeCpu | null {
  for (const line of text.split('\n')) {
    if (!line.startsWith(metric)) continue
    const id = /[{,]id="([^"]*)"/.exec(line)?.[1] ?? ''
    if (!/(^|\/)kubepods(\.slice)?$/.test(id) || !/[{,]cpu="total"/.test(line)) continue
    const [usedS, atMs] = line
      .slice(line.lastIndexOf('}') + 1)
      .trim()
      .split(' ')
      .map(Number)
    if (Number.isFinite(usedS) && Number.isFinite(atMs)) return { usedS, atMs }
  }
  return null
}
