/** Watts of a node that is up, by its utilisation u: the forms written out once more, with `**`. */
import type { Model } from '../../engine/model.ts'
import { powerModels } from '../../engine/power/index.ts'
import type { Mutation } from './mutations.ts'

type Form = (u: number, idleW: number, busyW: number, table: Float64Array) => number

const between =
  (share: (u: number) => number): Form =>
  (u, idleW, busyW) =>
    idleW + (busyW - idleW) * share(u)

const forms: Readonly<Record<string, Form>> = {
  linear: between(u => u),
  constant: between(() => 1),
  sqrt: between(u => u ** 0.5),
  square: between(u => u ** 2),
  cubic: between(u => u ** 3),
  mse: between(u => 2 * u - u ** 1.4),
  asymptotic: between(u => (1 + u - Math.exp(-u / 0.3)) / 2),
  interpolated: (u, _idleW, _busyW, table) => interpolate(u * (table.length - 1), table),
}

function interpolate(at: number, table: Float64Array): number {
  const next = table[Math.floor(at) + 1]
  const last = table[Math.floor(at)]
  return next === undefined ? last : last + (next - last) * (at % 1)
}

export function wattsAt({ groups }: Model, group: number, u: number, mutation: Mutation): number {
  const { name } = powerModels[groups.powerModel[group]]
  const table = groups.powerTable.subarray(groups.powerTableStart[group], groups.powerTableStart[group + 1])
  const form = mutation === 'all power linear' && name !== 'interpolated' ? forms.linear : forms[name]
  return form(u, groups.idleW[group], groups.busyW[group], table)
}
