/**
 * Time series as exact means over bins: cumulative integrals and counts are noted at the bins' boundaries, so
 * halving the resolution (when a run without horizon grows long) only drops every second note.
 */
import type { ClusterIntegrals } from './energy.ts'
import type { Series } from './result.ts'

const maxBins = 512
const horizonBins = 256
/** Columns before those of the clusters. */
const fixed = 5
/** A last bin shorter than this part of a bin: the difference of two integrals there is nothing but rounding. */
const sliver = 1e-9

/** What is cumulative from time 0, for the whole run. */
export interface RunIntegrals {
  waitingJobS: number
  runningS: number
  submitted: number
  completed: number
  deadlineMisses: number
}

export class SeriesCollector {
  /** Next boundary, seconds. */
  nextS: number
  private widthS: number
  private readonly clusters: number
  /** Boundaries 0, 1 … in turn; the first note is all zero. */
  private notes: Float64Array[]

  /** `fine`: false for one bin from begin to end. */
  constructor(clusters: number, horizonS: number, fine = true) {
    this.clusters = clusters
    this.widthS = Number.isFinite(horizonS) && horizonS > 0 ? horizonS / horizonBins : 1
    this.nextS = fine ? this.widthS : Number.POSITIVE_INFINITY
    this.notes = [new Float64Array(fixed + 3 * clusters)]
  }

  /** Takes the integrals at boundary `nextS`. */
  note(run: RunIntegrals, clusters: ClusterIntegrals): void {
    this.notes.push(this.row(run, clusters))
    if (this.notes.length - 1 >= maxBins) {
      this.notes = this.notes.filter((_, index) => index % 2 === 0)
      this.widthS *= 2
    }
    this.nextS = this.notes.length * this.widthS
  }

  finish(endS: number, run: RunIntegrals, clusters: ClusterIntegrals): Series {
    if (this.nextS === Number.POSITIVE_INFINITY) this.widthS = endS
    const last = (this.notes.length - 1) * this.widthS
    if (endS > last) this.notes.push(this.row(run, clusters))
    // What happened at the last boundary itself, the end, counts in the bin before it.
    else if (this.notes.length > 1) this.notes[this.notes.length - 1] = this.row(run, clusters)
    const bins = this.notes.length - 1
    const mean =
      (column: number) =>
      (bin: number): number => {
        const lengthS = Math.min(endS, (bin + 1) * this.widthS) - bin * this.widthS
        // Such a bin has the mean of the one before it.
        if (bin > 0 && lengthS < sliver * this.widthS) return mean(column)(bin - 1)
        return (this.notes[bin + 1][column] - this.notes[bin][column]) / lengthS
      }
    const count = (column: number) => (bin: number) => this.notes[bin + 1][column] - this.notes[bin][column]
    const perBin = (of: (bin: number) => number) => Float64Array.from({ length: bins }, (_, bin) => of(bin))
    const perCluster = (offset: number) =>
      Float64Array.from({ length: bins * this.clusters }, (_, i) =>
        mean(fixed + offset * this.clusters + (i % this.clusters))(Math.floor(i / this.clusters)),
      )
    return {
      widthS: this.widthS,
      bins,
      waiting: perBin(mean(0)),
      running: perBin(mean(1)),
      submitted: perBin(count(2)),
      completed: perBin(count(3)),
      deadlineMisses: perBin(count(4)),
      busyCores: perCluster(0),
      watts: perCluster(1),
      upNodes: perCluster(2),
    }
  }

  private row(run: RunIntegrals, clusters: ClusterIntegrals): Float64Array {
    const row = new Float64Array(fixed + 3 * this.clusters)
    row.set([run.waitingJobS, run.runningS, run.submitted, run.completed, run.deadlineMisses])
    row.set(clusters.busyCoreS, fixed)
    row.set(clusters.energyJ, fixed + this.clusters)
    row.set(clusters.upNodeS, fixed + 2 * this.clusters)
    return row
  }
}
