/** Alibaba's openb nodes and pods (Weng et al., ATC'23) as a model: one pod after another, none of which leaves. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Model } from '../../engine/index.ts'
import { buildModel } from '../reference/build-model.ts'
import type { GroupSpec, RequestSpec } from '../reference/model-spec.ts'

/** Bits of the GPU models: an architecture each, so that pods are only eligible where their models are. */
const models = ['P100', 'T4', 'V100M16', 'V100M32', 'G2', 'G3', 'A10']
const mebibyte = 2 ** 20

const rows = (text: string): string[][] => {
  const lines = text.trim().split('\n')
  return lines.slice(1).map(line => line.split(','))
}

/** Runs of alike nodes, in the order of their names. */
function readNodes(folder: string): GroupSpec[] {
  const groups: GroupSpec[] = []
  for (const [, cpu, memory, gpu, model] of rows(readFileSync(`${folder}openb_node_list_gpu_node.csv`, 'utf8'))) {
    const group = {
      cpuMilli: Number(cpu),
      memoryBytes: Number(memory) * mebibyte,
      gpuMilli: Number(gpu) * 1000,
      arch: models.indexOf(model),
    }
    const last = groups.at(-1)
    if (last && JSON.stringify({ ...group, nodes: last.nodes }) === JSON.stringify(last)) last.nodes++
    else groups.push({ ...group, nodes: 1 })
  }
  return groups
}

const readPods = (folder: string, mix: string): RequestSpec[] => {
  const known = new Map<string, RequestSpec>()
  const text = gunzipSync(readFileSync(`${folder}openb_pod_list_${mix}.csv.gz`)).toString()
  return rows(text).map(([, cpu, memory, gpus, milli, spec]) => {
    const key = [cpu, memory, gpus, milli, spec].join()
    const bits = spec.split('|').filter(name => name !== '')
    const request = known.get(key) ?? {
      cpuMilli: Number(cpu),
      memoryBytes: Number(memory) * mebibyte,
      gpuMilli: gpus === '1' ? Math.min(1000, Number(milli)) : Number(gpus) * 1000,
      archMask: bits.length === 0 ? 0x7f : bits.reduce((mask, name) => mask | (1 << models.indexOf(name)), 0),
    }
    known.set(key, request)
    return request
  })
}

/** Numbers from 0 to 1 (mulberry32): order and resampling are drawn anew for each seed, as they were. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Pods, with some drawn again (or left out) until they ask for `demand` times all GPUs; shuffled. */
function inflate(pods: readonly RequestSpec[], milliGpu: number, seed: number): RequestSpec[] {
  const draw = draws(seed)
  const below = (n: number) => Math.floor(draw() * n)
  const all = [...pods]
  let asked = all.reduce((sum, pod) => sum + pod.gpuMilli!, 0)
  for (; asked > milliGpu; ) asked -= all.splice(below(all.length), 1)[0].gpuMilli!
  for (;;) {
    const pod = pods[below(pods.length)]
    if (asked + Math.min(1000, pod.gpuMilli!) > milliGpu) break
    asked += pod.gpuMilli!
    all.push(pod)
  }
  for (let i = all.length - 1; i > 0; i--) {
    const j = below(i + 1)
    const pod = all[i]
    all[i] = all[j]
    all[j] = pod
  }
  return all
}

export interface Openb {
  model: Model
  /** Of all nodes. */
  gpuMilli: number
  /** What the pods ask for, in their order. */
  requests: RequestSpec[]
}

export function readOpenb(folder: string, mix: string, demand: number, seed: number): Openb {
  const groups = readNodes(folder)
  const gpuMilli = groups.reduce((sum, group) => sum + group.nodes * group.gpuMilli!, 0)
  const requests = inflate(readPods(folder, mix), demand * gpuMilli, seed)
  const trace = requests.map((request, submitS) => ({ submitS, runS: 1e9, request }))
  const model = buildModel({
    horizonS: requests.length,
    clusters: [{ name: 'openb', groups }],
    workloads: [{ name: 'pods', trace }],
  })
  return { model, gpuMilli, requests }
}
