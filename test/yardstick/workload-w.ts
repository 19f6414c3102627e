/** Workload W of the common yardstick: its trace generator, and its Model straight from the CSV columns. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Model } from '../../engine/model.ts'
import { buildModel } from '../reference/build-model.ts'

export const compiler = 'g++'

export interface Trace {
  submitS: Float64Array
  runS: Float64Array
  cores: Int32Array
  memoryGB: Int32Array
}

/** Makes traces in a folder of its own; `remove` takes it away. */
export class TraceGenerator {
  private readonly folder = mkdtempSync(join(tmpdir(), 'fabricdt-yardstick-'))

  constructor(source: string) {
    execFileSync(compiler, ['-O2', '-std=c++17', source, '-o', join(this.folder, 'generate')])
  }

  generate(jobs: number, nodes: number, load: number, seed: number): Trace {
    const csv = execFileSync(join(this.folder, 'generate'), [jobs, nodes, load, seed].map(String), {
      maxBuffer: 2 ** 30,
    })
    return readTrace(csv, jobs)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}

/** Lines of `id,arrival,cpu,mem,duration` under a header. */
function readTrace(csv: Buffer, jobs: number): Trace {
  const trace = {
    submitS: new Float64Array(jobs),
    runS: new Float64Array(jobs),
    cores: new Int32Array(jobs),
    memoryGB: new Int32Array(jobs),
  }
  let at = csv.indexOf(10) + 1
  for (let row = 0; row < jobs; row++) {
    const end = csv.indexOf(10, at)
    const [, arrival, cpu, memory, duration] = csv.toString('latin1', at, end).split(',').map(Number)
    trace.submitS[row] = arrival
    trace.runS[row] = duration
    trace.cores[row] = cpu
    trace.memoryGB[row] = memory
    at = end + 1
  }
  return trace
}

/** N nodes of 32 cores and 128 GB, 100 to 300 W; the 16 distinct requests are classes. */
export function modelOf(trace: Trace, nodes: number): Model {
  const request = (k: number) => ({ cpuMilli: 1000 * 2 ** Math.floor(k / 4), memoryBytes: 2e9 * 2 ** (k % 4) })
  const shell = buildModel({
    clusters: [{ name: 'w', groups: [{ nodes, cpuMilli: 32_000, memoryBytes: 128e9, idleW: 100, busyW: 300 }] }],
    workloads: [
      { name: 'w', trace: Array.from({ length: 16 }, (_, k) => ({ submitS: 0, runS: 0, request: request(k) })) },
    ],
  })
  const count = trace.submitS.length
  const stageClass = Int32Array.from(trace.cores, (cores, i) => 4 * Math.log2(cores) + Math.log2(trace.memoryGB[i] / 2))
  return {
    ...shell,
    workloads: { ...shell.workloads, traceStart: Int32Array.of(0, count) },
    traces: {
      count,
      submitS: trace.submitS,
      runS: trace.runS,
      estimateS: trace.runS,
      class: stageClass,
      id: Float64Array.from(trace.submitS.keys()),
    },
  }
}
