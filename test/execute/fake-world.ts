/** Clusters in memory, on a clock of their own: pods start and end as their annotations say, nodes go dark and are noticed. */
import type { V1Job } from '@kubernetes/client-node'
import { nodeName } from '../../engine/index.ts'
import type { Model } from '../../engine/model.ts'
import type { Clock } from '../../runner/execute/clock.ts'
import type { Injector } from '../../runner/execute/injector.ts'
import type { JobManifest } from '../../runner/execute/manifests.ts'
import type { PodSeen, Seen, Site } from '../../runner/execute/site.ts'

/** Time jumps from event to event; what is due at one instant happens before anybody who waits for it goes on. */
export class FakeClock implements Clock {
  private readonly events: { atS: number; act: () => void }[] = []
  private timeS = 0
  private isWoken = false

  start(): void {}

  nowS(): number {
    return this.timeS
  }

  at(atS: number, act: () => void): void {
    const before = this.events.findIndex(event => event.atS > atS)
    this.events.splice(before < 0 ? this.events.length : before, 0, { atS: Math.max(atS, this.timeS), act })
  }

  async until(atS: number, signal: AbortSignal): Promise<void> {
    // What was asked of clusters is answered first.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    signal.throwIfAborted()
    while (!this.isWoken && (this.events[0]?.atS ?? Number.POSITIVE_INFINITY) <= atS) {
      const { atS: dueS, act } = this.events.shift()!
      this.timeS = Math.max(this.timeS, dueS)
      act()
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    }
    if (!this.isWoken && Number.isFinite(atS)) this.timeS = Math.max(this.timeS, atS)
    if (!this.isWoken && !Number.isFinite(atS)) throw new Error('nothing will ever happen')
    this.isWoken = false
  }

  wake(): void {
    this.isWoken = true
  }

  after(seconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) =>
      this.at(this.timeS + seconds, () => (signal.aborted ? reject(signal.reason) : resolve())),
    )
  }
}

interface Pod {
  job: string
  uid: string
  node: string
  phase: PodSeen['phase']
}

export interface Faults {
  /** Whether a Job is refused. */
  refuses?: (job: string) => boolean
  /** Seconds more than it should take. */
  slowerBy?: (job: string) => number
}

export class FakeSite implements Site {
  readonly name: string
  /** What was applied and withdrawn, in order. */
  readonly calls: string[] = []
  readonly jobs = new Map<string, JobManifest>()
  readonly pods = new Map<string, Pod>()
  private readonly dark = new Set<string>()
  private readonly clock: FakeClock
  private readonly faults: Faults
  private readonly nodes: string[]
  private seen: Seen | null = null

  constructor(model: Model, cluster: number, clock: FakeClock, faults: Faults = {}) {
    const { names, nodeStart } = model.clusters
    this.name = names[cluster]
    this.clock = clock
    this.faults = faults
    this.nodes = Array.from({ length: nodeStart[cluster + 1] - nodeStart[cluster] }, (_, i) =>
      nodeName(model, nodeStart[cluster] + i),
    )
  }

  async watch(seen: Seen): Promise<void> {
    this.seen = seen
    for (const node of this.nodes) this.tellNode(node, true)
  }

  async submit(manifest: JobManifest): Promise<{ createdMs: number | null }> {
    const { name } = manifest.metadata
    this.calls.push(`${this.clock.nowS()} apply ${name}`)
    if (this.faults.refuses?.(name)) throw new Error(`${name} was refused`)
    this.jobs.set(name, manifest)
    this.seen?.echo(name, Date.now())
    const { spec } = manifest as unknown as V1Job
    for (let i = 0; i < spec!.parallelism!; i++) this.create(name, `${name}-${i}`, manifest as unknown as V1Job)
    return { createdMs: null }
  }

  private create(job: string, uid: string, { spec }: V1Job): void {
    const { annotations } = spec!.template.metadata!
    const [term] =
      spec!.template.spec!.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms
    const pod: Pod = { job, uid, node: term.matchFields![0].values![0], phase: 'pending' }
    this.pods.set(uid, pod)
    this.tell(pod)
    const beginS = this.clock.nowS() + Number.parseFloat(annotations!['fabricdt.io/startup']) / 1000
    const runS = Number.parseFloat(annotations!['fabricdt.io/duration']) / 1000 + (this.faults.slowerBy?.(job) ?? 0)
    const end = annotations!['fabricdt.io/exit-code'] === '0' ? 'succeeded' : 'failed'
    this.clock.at(beginS, () => this.goOn(pod, 'running'))
    this.clock.at(beginS + runS, () => this.goOn(pod, end))
  }

  private goOn(pod: Pod, phase: PodSeen['phase']): void {
    if (!this.pods.has(pod.uid) || this.dark.has(pod.node)) return
    pod.phase = phase
    this.tell(pod)
  }

  async withdraw(job: string): Promise<void> {
    this.calls.push(`${this.clock.nowS()} withdraw ${job}`)
    this.jobs.delete(job)
    for (const pod of this.pods.values()) if (pod.job === job) this.remove(pod)
  }

  /** A pod goes, as if somebody had deleted it. */
  remove(pod: Pod): void {
    this.pods.delete(pod.uid)
    this.tell({ ...pod, phase: pod.phase === 'pending' || pod.phase === 'running' ? 'gone' : pod.phase })
  }

  private tell({ job, uid, phase }: Pod): void {
    const times = { receiptMs: Date.now(), boundMs: null, beganMs: null, endedMs: null, cpuS: null }
    this.seen?.pod({ job, uid, phase, isFault: phase === 'failed', ...times })
  }

  private tellNode(node: string, ready: boolean): void {
    this.seen?.node({ node, ready, receiptMs: Date.now(), changedMs: null })
  }

  heard(isHeard: boolean): void {
    this.seen?.heard(isHeard, 'it fell silent')
    if (isHeard) for (const node of this.nodes) this.tellNode(node, !this.dark.has(node))
  }

  /** Its nodes go dark; the cluster notices after `detectionS`, unless they are back. */
  goDark(nodes: readonly string[], detectionS: number): void {
    for (const node of nodes) this.dark.add(node)
    const noticedS = this.clock.nowS() + detectionS
    this.clock.at(noticedS, () => {
      for (const node of nodes) if (this.dark.has(node)) this.tellNode(node, false)
    })
  }

  comeBack(nodes: readonly string[]): void {
    for (const node of nodes) {
      this.dark.delete(node)
      this.tellNode(node, true)
    }
  }

  close(): void {
    this.seen = null
  }
}

/** Brings blackouts about on fake sites, and cuts where told to: those that can be asked whether they are. */
export function fakeInjector(
  model: Model,
  sites: readonly FakeSite[],
  done: string[] = [],
  cuts: 'modelled' | 'asked' | 'dumb' = 'modelled',
): Injector {
  const cut = new Set<string>()
  return {
    can: kind => kind === 'blackout' || (kind === 'cut' && cuts !== 'modelled'),
    async inject({ kind, cluster, nodes, other }) {
      if (kind === 'cut') {
        cut.add(`${cluster}>${other}`)
        return {
          means: 'scissors',
          ...(cuts === 'asked' ? { ask: async () => !cut.has(`${cluster}>${other}`) } : {}),
          takeBack: async () => cut.delete(`${cluster}>${other}`),
        }
      }
      const index = model.clusters.names.indexOf(cluster)
      done.push(`dark ${cluster} ${nodes.join(',')}`)
      sites[index].goDark(nodes, model.clusters.detectionS[index])
      return {
        means: 'a switch',
        async takeBack() {
          done.push(`light ${cluster} ${nodes.join(',')}`)
          sites[index].comeBack(nodes)
        },
      }
    },
  }
}
