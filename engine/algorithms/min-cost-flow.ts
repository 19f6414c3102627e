/**
 * A greatest flow of the least cost, by successive shortest paths: Dijkstra's algorithm over costs made non-negative by
 * potentials (Edmonds and Karp 1972). Costs may be negative as long as edges form no cycle; capacities are whole
 * numbers. Time: flow · edges · log vertices.
 */
export class MinCostFlow {
  private readonly vertices: number
  /** Edge e and its reverse e ^ 1. */
  private readonly to: number[] = []
  private readonly left: number[] = []
  private readonly cost: number[] = []
  private readonly edgesOf: number[][]

  constructor(vertices: number) {
    this.vertices = vertices
    this.edgesOf = Array.from({ length: vertices }, () => [])
  }

  /** Its number, for `flowOn`. `from` must have a lower number than `to`. */
  addEdge(from: number, to: number, capacity: number, cost: number): number {
    const edge = this.to.length
    this.to.push(to, from)
    this.left.push(capacity, 0)
    this.cost.push(cost, -cost)
    this.edgesOf[from].push(edge)
    this.edgesOf[to].push(edge + 1)
    return edge
  }

  flowOn(edge: number): number {
    return this.left[edge ^ 1]
  }

  /** Sends as much as it can from vertex 0 to the last. */
  solve(): { readonly flow: number; readonly cost: number } {
    const sink = this.vertices - 1
    const potential = this.distances()
    const distance = new Float64Array(this.vertices)
    const into = new Int32Array(this.vertices)
    let flow = 0
    let cost = 0
    while (this.shortest(potential, distance, into)) {
      // Beyond the sink nothing need be known: what is further away counts as just as far.
      for (let v = 0; v < this.vertices; v++) potential[v] += Math.min(distance[v], distance[sink])
      let most = Number.POSITIVE_INFINITY
      for (let v = sink; v !== 0; v = this.to[into[v] ^ 1]) most = Math.min(most, this.left[into[v]])
      for (let v = sink; v !== 0; v = this.to[into[v] ^ 1]) {
        this.left[into[v]] -= most
        this.left[into[v] ^ 1] += most
        cost += most * this.cost[into[v]]
      }
      flow += most
    }
    return { flow, cost }
  }

  /** Least cost from vertex 0 to each vertex of the empty network: edges ascend, so one pass is enough. */
  private distances(): Float64Array {
    const distance = new Float64Array(this.vertices).fill(Number.POSITIVE_INFINITY)
    distance[0] = 0
    for (let v = 0; v < this.vertices; v++) {
      for (const edge of this.edgesOf[v])
        if (this.left[edge] > 0)
          distance[this.to[edge]] = Math.min(distance[this.to[edge]], distance[v] + this.cost[edge])
    }
    return distance.map(value => (value < Number.POSITIVE_INFINITY ? value : 0))
  }

  /** Least reduced costs from vertex 0 up to the sink, and the edge by which each vertex is reached; false: it is not. */
  private shortest(potential: Float64Array, distance: Float64Array, into: Int32Array): boolean {
    const { to, left, cost } = this
    const sink = this.vertices - 1
    distance.fill(Number.POSITIVE_INFINITY)
    distance[0] = 0
    const queue = new VertexQueue()
    queue.push(0, 0)
    while (queue.size > 0) {
      const at = queue.leastKey
      const v = queue.pop()
      if (at > distance[v]) continue
      if (v === sink) return true
      for (const edge of this.edgesOf[v]) {
        if (left[edge] === 0) continue
        const u = to[edge]
        // Rounding may leave a hair below 0.
        const further = at + Math.max(0, cost[edge] + potential[v] - potential[u])
        if (further >= distance[u]) continue
        distance[u] = further
        into[u] = edge
        queue.push(further, u)
      }
    }
    return false
  }
}

/** Vertices by key, then number. */
class VertexQueue {
  private readonly keys: number[] = []
  private readonly vertices: number[] = []

  get size(): number {
    return this.keys.length
  }

  get leastKey(): number {
    return this.keys[0]
  }

  push(key: number, vertex: number): void {
    const { keys, vertices } = this
    let hole = keys.length
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (keys[parent] < key || (keys[parent] === key && vertices[parent] <= vertex)) break
      keys[hole] = keys[parent]
      vertices[hole] = vertices[parent]
      hole = parent
    }
    keys[hole] = key
    vertices[hole] = vertex
  }

  /** The vertex of the least key. */
  pop(): number {
    const { keys, vertices } = this
    const first = vertices[0]
    const key = keys.pop() ?? 0
    const vertex = vertices.pop() ?? 0
    const size = keys.length
    if (size === 0) return first
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= size) break
      if (child + 1 < size && this.isBefore(child + 1, child)) child++
      if (keys[child] > key || (keys[child] === key && vertices[child] >= vertex)) break
      keys[hole] = keys[child]
      vertices[hole] = vertices[child]
      hole = child
    }
    keys[hole] = key
    vertices[hole] = vertex
    return first
  }

  private isBefore(a: number, b: number): boolean {
    return this.keys[a] < this.keys[b] || (this.keys[a] === this.keys[b] && this.vertices[a] < this.vertices[b])
  }
}
