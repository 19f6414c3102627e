/** Watches that broke off and went on: they lose nothing, but tell late, and a report says so. */
import type { Problem } from './problem.ts'

interface Interrupted {
  count: number
  readonly fromS: number
  toS: number
  /** The first reason. */
  readonly why: string
}

export class Interruptions {
  private readonly byCluster = new Map<string, Interrupted>()

  add(cluster: string, atS: number, why: string): void {
    const known = this.byCluster.get(cluster)
    if (known === undefined) this.byCluster.set(cluster, { count: 1, fromS: atS, toS: atS, why })
    else {
      known.count++
      known.toS = atS
    }
  }

  /** Whose watches broke off. */
  get clusters(): ReadonlySet<string> {
    return new Set(this.byCluster.keys())
  }

  /** A sentence a cluster, however often it was. */
  get problems(): Problem[] {
    return [...this.byCluster].map(([cluster, { count, fromS, toS, why }]) => ({
      what: 'watch',
      why: `${cluster}: watches broke off ${count} time${count === 1 ? '' : 's'}, from ${fromS.toFixed(1)} s to ${toS.toFixed(1)} s (${why})`,
    }))
  }
}
