/** What the packing policies find of a node, naively: the higher, the better. */
import { expectedTasks } from './typical.ts'
import type { Node, Stage, World } from './world.ts'

export const scores = {
  'worst-fit': (world: World, stage: Stage, node: Node): number => {
    const { classes, groups } = world.model
    const free = node.free
    const part = (left: number, have: ArrayLike<number>) => left / Math.max(1, ...Array.from(have))
    return (
      part(free.cpuMilli - classes.cpuMilli[stage.class], groups.cpuMilli) +
      part(free.memoryBytes - classes.memoryBytes[stage.class], groups.memoryBytes) +
      part(sum(free.gpuMilli) - classes.gpuMilli[stage.class], groups.gpuMilli)
    )
  },
  'best-fit-gpu': (world: World, stage: Stage, node: Node): number => {
    const { classes } = world.model
    const left = shares(world, [
      node.free.cpuMilli - classes.cpuMilli[stage.class],
      sum(node.free.gpuMilli) - classes.gpuMilli[stage.class],
    ])
    return Math.trunc(100 * (1 - (left[0] * 0.5 + left[1] * 0.5)))
  },
  'dot-product': (world: World, stage: Stage, node: Node): number => {
    const { classes } = world.model
    const free = shares(world, [node.free.cpuMilli, sum(node.free.gpuMilli)])
    const ask = shares(world, [classes.cpuMilli[stage.class], classes.gpuMilli[stage.class]])
    return Math.trunc(100 * (1 - (free[0] * ask[0] + free[1] * ask[1]) / 2))
  },
  'gpu-packing': ({ model }: World, stage: Stage, node: Node): number => {
    const ask = model.classes.gpuMilli[stage.class]
    const { gpuMilli } = node.free
    const idle = gpuMilli.filter(milli => milli === 1000).length
    if (ask === 0) return 0
    if (idle === gpuMilli.length) return Math.max(33 - idle, idle)
    const taken = gpuMilli
      .filter(milli => milli >= Math.min(ask, 1000))
      .sort((a, b) => a - b)
      .slice(0, Math.max(1, ask / 1000))
    const idleTaken = taken.filter(milli => milli === 1000).length
    return idleTaken > 0 ? Math.max(50 - idleTaken, 33) : 100 - Math.floor(Math.floor(taken[0] / 10) / 10)
  },
  'gpu-clustering': ({ model: { classes, groups } }: World, stage: Stage, node: Node): number => {
    const kind = (k: number) => (classes.gpuMilli[k] > 0 ? Math.max(999, classes.gpuMilli[k]) : 0)
    const mine = kind(stage.class)
    if (mine === 0) return 0
    const kinds = new Set(node.entries.map(entry => kind(entry.attempt.stage.class)))
    kinds.delete(0)
    const all = Math.max(...groups.gpuMilli)
    const full = Math.floor((25 * (all - sum(node.free.gpuMilli))) / all)
    if (kinds.size === 0) return 25 + full
    return (kinds.has(mine) ? (kinds.size === 1 ? 75 : 50) : 0) + full
  },
  'kube-default': ({ model: { classes, groups } }: World, stage: Stage, node: Node): number => {
    const have = { cpu: groups.cpuMilli[node.group], memory: groups.memoryBytes[node.group] }
    const all = [
      ...node.entries.flatMap(({ attempt, share }) => Array<number>(share.tasks).fill(attempt.stage.class)),
      stage.class,
    ]
    const use = (of: ArrayLike<number>, otherwise: number) => sum(all.map(k => (of[k] === 0 ? otherwise : of[k])))
    const left = (used: number, of: number) => (used > of ? 0 : Math.floor((100 * (of - used)) / of))
    const least = Math.floor(
      (left(use(classes.cpuMilli, 100), have.cpu) + left(use(classes.memoryBytes, 200 * 2 ** 20), have.memory)) / 2,
    )
    if (classes.cpuMilli[stage.class] === 0 && classes.memoryBytes[stage.class] === 0) return least
    const shares = [use(classes.cpuMilli, 0) / have.cpu, use(classes.memoryBytes, 0) / have.memory]
    return least + Math.trunc(100 * (1 - Math.abs((shares[0] - shares[1]) / 2)))
  },
  fragmentation: (world: World, stage: Stage, node: Node): number =>
    Math.max(...afterwards(world, stage, node).map(({ score }) => score)),
}

/** The GPU on which fragmentation grows least. */
export function leastFragmenting(world: World, stage: Stage, node: Node): number {
  const ways = afterwards(world, stage, node)
  const best = Math.max(...ways.map(({ score }) => score))
  return ways.find(({ score }) => score === best)!.gpu
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Of the largest node's cores and GPUs. */
const shares = ({ model: { groups } }: World, [cpu, gpu]: readonly number[]): number[] => [
  cpu / Math.max(1, ...groups.cpuMilli),
  gpu / Math.max(1, ...groups.gpuMilli),
]

/** What each way of taking GPUs would do. */
function afterwards(world: World, stage: Stage, node: Node): { gpu: number; score: number }[] {
  const { cpuMilli, gpuMilli } = world.model.classes
  const ask = gpuMilli[stage.class]
  const now = node.free.gpuMilli
  const isPart = ask > 0 && ask < 1000
  const whole = [...now.keys()].filter(gpu => now[gpu] === 1000).slice(0, ask / 1000)
  const ways = isPart
    ? [...now.keys()].filter(gpu => now[gpu] >= ask).map(gpu => ({ gpu, left: now.with(gpu, now[gpu] - ask) }))
    : [{ gpu: -1, left: now.map((milli, gpu) => (whole.includes(gpu) ? 0 : milli)) }]
  const { cpuMilli: free } = node.free
  const before = fragmented(world, node.group, free, now)
  return ways.map(({ gpu, left }) => {
    const growth = fragmented(world, node.group, free - cpuMilli[stage.class], left) - before
    return { gpu, score: Math.trunc(100 / (1 + Math.exp(growth / 1000))) }
  })
}

/** Milli-GPU that a task of the typical mix could not use, on average. */
function fragmented(world: World, group: number, cpu: number, gpus: readonly number[]): number {
  return sum(
    expectedTasks(world.model, 0.95).map(task => {
      const each = Math.min(task.gpuMilli, 1000)
      const usable = gpus.filter(milli => milli >= each)
      const fits =
        each > 0 && task.cpuMilli <= cpu && task.groups.includes(group) && usable.length * each >= task.gpuMilli
      return task.share * (sum(gpus) - (fits ? sum(usable) : 0))
    }),
  )
}
