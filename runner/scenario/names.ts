/** Everything that a scenario can refer to by name. Read from the raw file: what is wrong otherwise still has its name. */
import { presets } from './presets.ts'
import { at } from './view.ts'

export interface Names {
  readonly clusters: readonly string[]
  readonly zones: readonly string[]
  readonly regions: readonly string[]
  /** Of the scenario and the presets. */
  readonly pools: readonly string[]
}

export function findNames(raw: unknown): Names {
  const items = at(raw, ['spec', 'fabric', 'clusters'])
  const clusters = Array.isArray(items)
    ? items.map(item => ({ name: text(item, 'name'), zone: text(item, 'zone'), region: text(item, 'region') }))
    : []
  const pools = at(raw, ['spec', 'fabric', 'pools'])
  return {
    clusters: distinct(clusters.map(({ name }) => name)),
    zones: distinct(clusters.map(({ name, zone }) => zone ?? name)),
    regions: distinct(clusters.map(({ name, zone, region }) => region ?? zone ?? name)),
    pools: distinct([
      ...(pools !== null && typeof pools === 'object' ? Object.keys(pools) : []),
      ...Object.keys(presets),
    ]),
  }
}

function text(value: unknown, key: string): string | undefined {
  const found = at(value, [key])
  return typeof found === 'string' ? found : undefined
}

const distinct = (names: readonly (string | undefined)[]): string[] => [
  ...new Set(names.filter(name => name !== undefined)),
]
