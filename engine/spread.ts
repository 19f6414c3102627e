/**
 * How evenly the tasks that a spread constraint is about lie over its domains: the tasks of each, and the least of all
 * domains that are there, kept by how many domains have so many. A change costs what the least moves by.
 */
export class Spread {
  /** Tasks of the emptiest domain that is there; 0 where none is. */
  least = 0
  private readonly count: Int32Array
  /** Nodes of each domain that count now: without any it is not there. */
  private readonly nodes: Int32Array
  /** So many domains that are there have that many tasks. */
  private readonly domainsWith: number[] = [0]
  private domains = 0

  constructor(nodes: Int32Array) {
    this.nodes = nodes
    this.count = new Int32Array(nodes.length)
    for (const there of nodes) if (there > 0) this.enter(0)
  }

  /** Tasks of a domain. */
  of(domain: number): number {
    return this.count[domain]
  }

  add(domain: number, tasks: number): void {
    const isThere = this.nodes[domain] > 0
    if (isThere) this.leave(this.count[domain])
    this.count[domain] += tasks
    if (isThere) this.enter(this.count[domain])
    this.settle()
  }

  /** Of a domain's nodes one counts from now on (1), or no longer (−1). */
  addNode(domain: number, by: 1 | -1): void {
    const before = this.nodes[domain]
    this.nodes[domain] += by
    if (before === 0) this.enter(this.count[domain])
    else if (before + by === 0) this.leave(this.count[domain])
    this.settle()
  }

  /** Tasks of its kind that a domain may get, one after another, before it is more than `maxSkew` above the least. */
  room(domain: number, maxSkew: number): number {
    return Math.max(0, this.leastBeside(domain) + maxSkew - this.count[domain])
  }

  /** The least without a domain: what it is measured by while it is filled; Infinity without others. */
  private leastBeside(domain: number): number {
    const { domainsWith, least } = this
    if (this.domains === 0) return 0
    if (this.nodes[domain] === 0 || this.count[domain] !== least || domainsWith[least] > 1) return least
    for (let tasks = least + 1; tasks < domainsWith.length; tasks++) if (domainsWith[tasks] > 0) return tasks
    return Number.POSITIVE_INFINITY
  }

  private enter(tasks: number): void {
    while (this.domainsWith.length <= tasks) this.domainsWith.push(0)
    this.domainsWith[tasks]++
    this.domains++
    if (this.domains === 1 || tasks < this.least) this.least = tasks
  }

  private leave(tasks: number): void {
    this.domainsWith[tasks]--
    this.domains--
  }

  private settle(): void {
    if (this.domains === 0) this.least = 0
    else while (this.domainsWith[this.least] === 0) this.least++
  }
}
