/**
 * Who is where, for stages that must run beside others, apart from them, or evenly spread (`Model.neighbours`): counts
 * by term and domain, kept with every task that is taken or given back, so that asking costs a look at each term of the
 * class. What may fit again is noted by class (`isEased`), for those that were passed over.
 */
import { type Model, type Neighbours, termKind } from './model.ts'
import { Preferences } from './preferences.ts'
import { Spread } from './spread.ts'

/** Told of a node on which other classes are let in than before, though nothing there has changed. */
export interface NodeIndex {
  recheck(node: number): void
}

/** How a class is bound by a term: by its own, or by the anti-affinity of others, which holds both ways. */
const bond = { needs: 0, shuns: 1, isShunned: 2, spreads: 3 } as const

interface Check {
  readonly term: number
  readonly bond: (typeof bond)[keyof typeof bond]
  /** Whether a task of the class counts as one of those that the term is about. */
  readonly countsItself: boolean
}

export class NeighbourCounts {
  /** 1: the class may fit where it did not. */
  readonly isEased: Uint8Array
  isAnyEased = false
  private readonly terms: Neighbours
  private readonly index: NodeIndex
  private readonly nodeGroup: Int32Array
  private readonly groupNodeStart: Int32Array
  private readonly groups: number
  private readonly classes: number
  /** By class: what its groups are asked for, and what its nodes are. */
  private readonly groupChecks: readonly (readonly Check[])[]
  private readonly nodeChecks: readonly (readonly Check[])[]
  /** Classes with any of the latter. */
  private readonly nodeClasses: readonly number[]
  /** Terms that count tasks of a class, by class, and the classes that are bound by a term, by term. */
  private readonly termsOf: readonly (readonly number[])[]
  private readonly owners: readonly (readonly number[])[]
  private readonly matchers: readonly (readonly number[])[]
  /** Where the domains of each term begin, and by domain the tasks that match it and those of its owners. */
  private readonly start: Int32Array
  private readonly matching: Int32Array
  private readonly owning: Int32Array
  private readonly total: Int32Array
  private readonly spreads: readonly (Spread | null)[]
  /** Of each class, from when they are asked for. */
  private readonly preferences: Preferences[] = []

  constructor(model: Model, terms: Neighbours, index: NodeIndex) {
    const { classes, groups, nodeGroup } = model
    const each = Array.from({ length: terms.count }, (_, t) => t)
    const all = Array.from({ length: classes.count }, (_, k) => k)
    this.terms = terms
    this.index = index
    this.nodeGroup = nodeGroup
    this.groupNodeStart = groups.nodeStart
    this.groups = groups.count
    this.classes = classes.count
    this.isEased = new Uint8Array(classes.count)
    const checks = all.map(k => each.flatMap(t => this.checksOf(k, t)))
    this.groupChecks = checks.map(list => list.filter(({ term }) => terms.perNode[term] === 0))
    this.nodeChecks = checks.map(list => list.filter(({ term }) => terms.perNode[term] === 1))
    this.nodeClasses = all.filter(k => this.nodeChecks[k].length > 0)
    this.termsOf = all.map(k => each.filter(t => this.owns(t, k) || this.matches(t, k)))
    this.owners = each.map(t => all.filter(k => this.owns(t, k)))
    this.matchers = each.map(t => all.filter(k => this.matches(t, k)))
    this.start = new Int32Array(terms.count + 1)
    for (const t of each) this.start[t + 1] = this.start[t] + this.domainsOf(t)
    this.matching = new Int32Array(this.start[terms.count])
    this.owning = new Int32Array(this.start[terms.count])
    this.total = new Int32Array(terms.count)
    this.spreads = each.map(t => (terms.kind[t] === termKind.spread ? new Spread(this.nodesOfDomains(t)) : null))
  }

  private checksOf(stageClass: number, term: number): Check[] {
    const kind = this.terms.kind[term]
    const owns = this.owns(term, stageClass)
    const countsItself = this.matches(term, stageClass)
    const checks: Check[] = []
    if (owns && kind === termKind.affinity) checks.push({ term, bond: bond.needs, countsItself })
    if (owns && kind === termKind.antiAffinity) checks.push({ term, bond: bond.shuns, countsItself })
    if (countsItself && kind === termKind.antiAffinity) checks.push({ term, bond: bond.isShunned, countsItself })
    if (owns && kind === termKind.spread) checks.push({ term, bond: bond.spreads, countsItself })
    return checks
  }

  /** Whether stages of a class have a term. */
  owns(term: number, stageClass: number): boolean {
    return this.terms.owns[term * this.classes + stageClass] === 1
  }

  /** Whether they are those that it is about. */
  matches(term: number, stageClass: number): boolean {
    return this.terms.matches[term * this.classes + stageClass] === 1
  }

  private domainsOf(term: number): number {
    const { domain, perNode } = this.terms
    if (perNode[term] === 1) return this.nodeGroup.length
    return 1 + domain.subarray(term * this.groups, (term + 1) * this.groups).reduce((most, d) => Math.max(most, d), -1)
  }

  private nodesOfDomains(term: number): Int32Array {
    const nodes = new Int32Array(this.domainsOf(term))
    for (let node = 0; node < this.nodeGroup.length; node++) {
      const domain = this.domainOf(term, node)
      if (domain >= 0) nodes[domain]++
    }
    return nodes
  }

  /** Domain of a node by a term; −1: none. */
  domainOf(term: number, node: number): number {
    const domain = this.terms.domain[term * this.groups + this.nodeGroup[node]]
    return domain >= 0 && this.terms.perNode[term] === 1 ? node : domain
  }

  /** Tasks in a domain that a term is about, and those of its owners. */
  matchingIn(term: number, domain: number): number {
    return this.matching[this.start[term] + domain]
  }

  owningIn(term: number, domain: number): number {
    return this.owning[this.start[term] + domain]
  }

  /** What a class prefers; null where that is the same for all nodes. */
  preferencesOf(stageClass: number): Preferences | null {
    this.preferences[stageClass] ??= new Preferences(stageClass, this, this.terms, this.nodeGroup, this.classes)
    const preferences = this.preferences[stageClass]
    return preferences.isEmpty ? null : preferences
  }

  // --- what is asked

  /** Whether a class is bound by anything that depends on others. */
  binds(stageClass: number): boolean {
    return this.groupChecks[stageClass].length > 0 || this.nodeChecks[stageClass].length > 0
  }

  /** Whether it is so by whole groups of nodes. */
  bindsGroups(stageClass: number): boolean {
    return this.groupChecks[stageClass].length > 0
  }

  /** Whether what runs elsewhere lets a task of the class into the group, as far as its nodes are alike. */
  admitsGroup(stageClass: number, group: number): boolean {
    for (const check of this.groupChecks[stageClass])
      if (this.roomBy(check, this.terms.domain[check.term * this.groups + group]) === 0) return false
    return true
  }

  /** Whether it lets it onto the node, as far as that differs from others of its group. */
  admitsNode(stageClass: number, node: number): boolean {
    for (const check of this.nodeChecks[stageClass])
      if (this.roomBy(check, this.domainOf(check.term, node)) === 0) return false
    return true
  }

  /** Bits of the first 32 classes that are kept off the node, likewise. */
  keptOff(node: number): number {
    let bits = 0
    for (const k of this.nodeClasses) if (!this.admitsNode(k, node)) bits |= 1 << k
    return bits
  }

  /** So many tasks of a class are let onto a node, one after another. */
  room(stageClass: number, node: number): number {
    let room = Number.POSITIVE_INFINITY
    for (const check of this.groupChecks[stageClass])
      room = Math.min(room, this.roomBy(check, this.domainOf(check.term, node)))
    for (const check of this.nodeChecks[stageClass])
      room = Math.min(room, this.roomBy(check, this.domainOf(check.term, node)))
    return room
  }

  /** Whether those that it must run beside are nowhere: it waits for others, not for room. */
  lacksPeers(stageClass: number): boolean {
    const lacks = ({ bond: by, term, countsItself }: Check): boolean =>
      by === bond.needs && this.total[term] === 0 && !countsItself
    return this.groupChecks[stageClass].some(lacks) || this.nodeChecks[stageClass].some(lacks)
  }

  private roomBy({ bond: by, term, countsItself }: Check, domain: number): number {
    const at = this.start[term] + domain
    switch (by) {
      case bond.needs: {
        // The first of those that go together goes anywhere.
        const isLetIn = domain >= 0 && (this.matching[at] > 0 || (countsItself && this.total[term] === 0))
        return isLetIn ? Number.POSITIVE_INFINITY : 0
      }
      case bond.shuns:
        if (domain < 0) return Number.POSITIVE_INFINITY
        return this.matching[at] > 0 ? 0 : countsItself ? 1 : Number.POSITIVE_INFINITY
      case bond.isShunned:
        return domain < 0 || this.owning[at] === 0 ? Number.POSITIVE_INFINITY : 0
      case bond.spreads:
        return domain < 0 ? 0 : this.roomBySpread(term, domain, countsItself)
    }
  }

  private roomBySpread(term: number, domain: number, countsItself: boolean): number {
    const spread = this.spreads[term] as Spread
    const maxSkew = this.terms.weight[term]
    if (countsItself) return spread.room(domain, maxSkew)
    return spread.of(domain) - spread.least <= maxSkew ? Number.POSITIVE_INFINITY : 0
  }

  // --- what happens

  /** Tasks of a class were taken (or given back: negative) on a node. */
  add(stageClass: number, node: number, tasks: number): void {
    for (const term of this.termsOf[stageClass]) {
      const domain = this.domainOf(term, node)
      if (domain < 0) continue
      if (this.matches(term, stageClass)) this.addMatching(term, domain, tasks)
      if (this.owns(term, stageClass)) this.addOwning(term, domain, tasks)
    }
  }

  private addMatching(term: number, domain: number, tasks: number): void {
    const at = this.start[term] + domain
    this.matching[at] += tasks
    this.total[term] += tasks
    switch (this.terms.kind[term]) {
      case termKind.affinity:
        if (this.matching[at] === tasks || this.total[term] === 0) this.ease(this.owners[term])
        // With the first of them, or the last, what holds anywhere changes.
        if (this.total[term] === tasks || this.total[term] === 0) this.recheck(term)
        return
      case termKind.antiAffinity:
        if (this.matching[at] === 0) this.ease(this.owners[term])
        return
      case termKind.spread:
        this.changeSpread(term, spread => spread.add(domain, tasks))
        if (tasks < 0) this.ease(this.owners[term])
    }
  }

  private addOwning(term: number, domain: number, tasks: number): void {
    const at = this.start[term] + domain
    this.owning[at] += tasks
    if (this.terms.kind[term] === termKind.antiAffinity && this.owning[at] === 0) this.ease(this.matchers[term])
  }

  /** A node is there from now on for those that spread over what is ready, or no longer. */
  setReady(node: number, ready: boolean): void {
    for (let term = 0; term < this.terms.count; term++) {
      const domain = this.terms.readyOnly[term] === 1 ? this.domainOf(term, node) : -1
      if (domain < 0 || this.terms.kind[term] !== termKind.spread) continue
      this.changeSpread(term, spread => spread.addNode(domain, ready ? 1 : -1))
      this.ease(this.owners[term])
    }
  }

  private changeSpread(term: number, change: (spread: Spread) => void): void {
    const spread = this.spreads[term] as Spread
    const before = spread.least
    change(spread)
    const { least } = spread
    if (least === before) return
    if (least > before) this.ease(this.owners[term])
    if (this.terms.perNode[term] === 0) return
    // Only those nodes that the moved bound has passed are let in or shut.
    const low = Math.min(before, least) + this.terms.weight[term]
    const high = Math.max(before, least) + this.terms.weight[term]
    this.eachNode(term, node => {
      if (spread.of(node) >= low && spread.of(node) <= high) this.index.recheck(node)
    })
  }

  private recheck(term: number): void {
    if (this.terms.perNode[term] === 1) this.eachNode(term, node => this.index.recheck(node))
  }

  private eachNode(term: number, visit: (node: number) => void): void {
    for (let group = 0; group < this.groups; group++) {
      if (this.terms.domain[term * this.groups + group] < 0) continue
      for (let node = this.groupNodeStart[group]; node < this.groupNodeStart[group + 1]; node++) visit(node)
    }
  }

  private ease(classes: readonly number[]): void {
    for (const k of classes) this.isEased[k] = 1
    this.isAnyEased ||= classes.length > 0
  }

  /** What has been noted was told. */
  forgetEased(): void {
    this.isEased.fill(0)
    this.isAnyEased = false
  }
}
