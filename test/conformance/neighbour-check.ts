/**
 * Kubernetes' rules for who may run beside whom, looked up the slow way: of every placement, task by task, against all
 * that is placed at that moment. Nothing here knows of the engine's terms and counts.
 */
import type { Policy, Simulation } from '../../engine/index.ts'
import type { Run } from '../../engine/run.ts'
import { allHold, isAdmitted, isSelected, labelsOf } from '../../runner/scenario/admission.ts'
import { podLabels } from '../../runner/scenario/pod-labels.ts'
import type {
  Scenario,
  ScenarioCluster,
  ScenarioExpression,
  ScenarioPodTerm,
  ScenarioSpread,
  ScenarioStage,
} from '../../runner/scenario/scenario.ts'

interface Pod {
  readonly stage: ScenarioStage
  readonly labels: Readonly<Record<string, string>>
}
type Placed = Map<number, Pod[]>

const placedStates = [2, 3, 4]

export class NeighbourCheck {
  readonly broken: string[] = []
  placements = 0
  private readonly run: Run
  private readonly clusters: readonly ScenarioCluster[]
  private readonly pods: readonly Pod[]

  constructor(simulation: Simulation, scenario: Scenario) {
    this.run = (simulation as unknown as { run: Run }).run
    this.clusters = [...scenario.clusters].sort((a, b) => (a.name < b.name ? -1 : 1))
    const { stages, workloads } = this.run.model
    this.pods = Array.from({ length: stages.count }, (_, t) => {
      const workload = scenario.workloads.find(({ name }) => name === workloads.names[stages.workload[t]])!
      const stage = workload.stages.find(({ id }) => id === stages.ids[t])!
      return { stage, labels: podLabels(stage, workload) }
    })
    const note = this.run.note.bind(this.run)
    this.run.note = (what, slot, attempt, node) => {
      // Its entries are taken, and the slot is not yet one of those that are placed.
      if (what === 'place') this.look(slot)
      note(what, slot, attempt, node)
    }
  }

  private look(slot: number): void {
    const { arena } = this.run
    const pod = this.pods[arena.template(slot)]
    const placed = this.placed()
    const left: number[] = []
    for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry))
      for (let i = 0; i < arena.tasks(entry); i++) left.push(arena.node(entry))
    this.placements++
    // In some order each of its tasks was let in after the others.
    while (left.length > 0) {
      const at = left.findIndex(node => this.isAllowed(pod, node, placed))
      if (at < 0) {
        this.broken.push(`${JSON.stringify(pod.labels)} on nodes ${left} at ${this.run.now} s`)
        return
      }
      const [node] = left.splice(at, 1)
      placed.set(node, [...(placed.get(node) ?? []), pod])
    }
  }

  private placed(): Placed {
    const { arena } = this.run
    const placed: Placed = new Map()
    for (let slot = 0; slot < arena.high; slot++) {
      if (!placedStates.includes(arena.state(slot))) continue
      for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) {
        const pods = Array<Pod>(arena.tasks(entry)).fill(this.pods[arena.template(slot)])
        placed.set(arena.node(entry), [...(placed.get(arena.node(entry)) ?? []), ...pods])
      }
    }
    return placed
  }

  /** Waiting stages of one task that could be placed now: on a node that is ready, has room, and lets them in. */
  missed(): string[] {
    const { arena, capacity, model, network } = this.run
    const placed = this.placed()
    const missed: string[] = []
    for (let slot = 0; slot < arena.high; slot++) {
      if (arena.state(slot) !== 1) continue
      const k = arena.stageClass(slot)
      const pod = this.pods[arena.template(slot)]
      for (let node = 0; node < model.nodeGroup.length; node++) {
        const isEligible = model.classes.factor[k * model.groups.count + model.nodeGroup[node]] > 0
        const hasRoom =
          capacity.ready[node] === 1 &&
          capacity.freeCpu[node] >= model.classes.cpuMilli[k] &&
          capacity.freeMemory[node] >= model.classes.memoryBytes[k]
        if (!isEligible || !hasRoom || !network.reaches(arena.origin(arena.job(slot)), model.nodeCluster[node]))
          continue
        if (this.isAllowed(pod, node, placed)) missed.push(`${JSON.stringify(pod.labels)} on node ${node}`)
      }
    }
    return missed
  }

  private isAllowed(pod: Pod, node: number, placed: Placed): boolean {
    const { stage } = pod
    const anti = (other: Pod): readonly ScenarioPodTerm[] => other.stage.podAntiAffinity?.required ?? []
    const all = [...placed].flatMap(([where, pods]) => pods.map(other => ({ where, other })))
    const isBeside = (where: number, key: string): boolean => {
      const here = this.valueOf(node, key)
      return here !== undefined && this.valueOf(where, key) === here
    }
    for (const { selector, topologyKey } of anti(pod))
      if (all.some(({ where, other }) => isBeside(where, topologyKey) && allHold(selector, other.labels))) return false
    for (const { where, other } of all)
      if (anti(other).some(term => isBeside(where, term.topologyKey) && allHold(term.selector, pod.labels)))
        return false
    const terms = stage.podAffinity?.required ?? []
    const meant = (labels: Pod['labels']): boolean => terms.every(({ selector }) => allHold(selector, labels))
    const peers = all.filter(({ other }) => meant(other.labels))
    const isFirst = peers.length === 0 && meant(pod.labels)
    for (const { topologyKey } of terms)
      if (
        !(isFirst && this.valueOf(node, topologyKey) !== undefined) &&
        !peers.some(({ where }) => isBeside(where, topologyKey))
      )
        return false
    return (stage.topologySpread ?? []).every(
      spread => spread.whenUnsatisfiable !== 'DoNotSchedule' || this.isEven(pod, node, spread, all),
    )
  }

  private isEven(pod: Pod, node: number, spread: ScenarioSpread, all: { where: number; other: Pod }[]): boolean {
    const counts = new Map<string, number>()
    const counted = (where: number): boolean => this.isCounted(pod.stage, spread, where)
    for (let where = 0; where < this.run.model.nodeGroup.length; where++)
      if (counted(where)) counts.set(this.valueOf(where, spread.topologyKey)!, 0)
    for (const { where, other } of all) {
      const value = this.valueOf(where, spread.topologyKey)
      if (value !== undefined && counts.has(value) && this.holdsOf(spread.selector, other))
        counts.set(value, counts.get(value)! + 1)
    }
    const here = this.valueOf(node, spread.topologyKey)
    const itself = this.holdsOf(spread.selector, pod) ? 1 : 0
    return here !== undefined && (counts.get(here) ?? 0) + itself - Math.min(...counts.values()) <= spread.maxSkew
  }

  private holdsOf(selector: readonly ScenarioExpression[], pod: Pod): boolean {
    return allHold(selector, pod.labels)
  }

  private isCounted(stage: ScenarioStage, { nodeTaintsPolicy }: ScenarioSpread, node: number): boolean {
    const cluster = this.clusters[this.run.model.nodeCluster[node]]
    if ((stage.topologySpread ?? []).some(({ topologyKey }) => this.valueOf(node, topologyKey) === undefined))
      return false
    if (nodeTaintsPolicy === 'Honor') return isAdmitted(stage, cluster) && this.run.capacity.ready[node] === 1
    return isSelected(stage, cluster)
  }

  private valueOf(node: number, key: string): string | undefined {
    if (key === 'kubernetes.io/hostname') return String(node)
    const labels = labelsOf(this.clusters[this.run.model.nodeCluster[node]])
    return Object.hasOwn(labels, key) ? labels[key] : undefined
  }
}

/** Runs to the end; `each` is told after every pass. */
export function drive(simulation: Simulation, policy: Policy, each: () => void = () => {}): void {
  while (simulation.advance() === 'decision') {
    policy.decide(simulation.view)
    each()
  }
}
