/**
 * Parameters of Lublin and Feitelson, "The workload on parallel supercomputers: modeling the characteristics of rigid
 * jobs" (JPDC 63, 2003), as their program prints them, in three columns: batch jobs, interactive jobs, and all alike.
 */
export const kinds = ['batch', 'interactive', 'alike'] as const

export type LublinParameters = Readonly<Record<keyof typeof published, number>>

/** Of each what it means, and its published values by kind. `uMed`, `uHi`: of a machine of 128 nodes. */
export const published = {
  serial: ['Share of jobs on one node.', 0.2927, 0.1541, 0.244],
  powerOfTwo: ['Share of jobs whose size is rounded to a power of two.', 0.6686, 0.625, 0.576],
  uLow: ['Size, two-stage uniform: log2 of the least of parallel jobs.', 1.2, 1, 0.8],
  uMed: ['Size: log2 of where the first stage ends.', 5, 3, 4.5],
  uHi: ['Size: log2 of the greatest.', 7, 5.5, 7],
  uProb: ['Size: share of the first stage.', 0.875, 0.705, 0.86],
  a1: ['Run time, hyper-gamma of its logarithm: shape of the first gamma.', 6.57, 3.8351, 4.2],
  b1: ['Run time: scale of the first gamma.', 0.823, 0.6605, 0.94],
  a2: ['Run time: shape of the second gamma.', 639.1, 7.073, 312],
  b2: ['Run time: scale of the second gamma.', 0.0156, 0.6856, 0.03],
  pa: ['Run time: the first gamma has the share pa · nodes + pb.', -0.003, -0.0118, -0.0054],
  pb: ['Run time: the share of the first gamma for a job of no nodes.', 0.6986, 0.9156, 0.78],
  aarr: ['Time between jobs, gamma of its logarithm, in the rush hours: shape.', 6.0415, 6.551, 10.2303],
  barr: ['Time between jobs in the rush hours: scale.', 0.8531, 0.6621, 0.4871],
  anum: ['Jobs over the day, gamma over half hours: shape.', 6.1271, 8.9186, 8.1737],
  bnum: ['Jobs over the day: scale.', 5.274, 3.668, 3.9631],
  arar: ['By what the shape of the time between jobs grows for the whole day.', 1.0519, 0.9797, 1.0225],
} as const

export const names = Object.keys(published) as (keyof typeof published)[]

/** Those of a kind on a machine of so many nodes, but for what is `given`: sizes grow with the machine, as their authors advise. */
export function parametersOf(
  kind: (typeof kinds)[number],
  nodes: number,
  given: Readonly<Record<string, unknown>>,
): LublinParameters {
  const values = Object.fromEntries(
    names.map(name => [name, published[name][kinds.indexOf(kind) + 1] as number]),
  ) as Record<(typeof names)[number], number>
  const growth = Math.log2(nodes / 128)
  values.uMed += growth
  values.uHi += growth
  values.uLow = Math.min(values.uLow, values.uMed)
  for (const name of names) if (typeof given[name] === 'number') values[name] = given[name]
  return values
}
