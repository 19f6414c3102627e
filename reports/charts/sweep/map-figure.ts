/** A map: a cell for each pair of levels, coloured by its class, with its figure written in it where there is room. */
import { headerUnit } from '../../format/scale.ts'
import type { Figure } from '../figure.ts'
import { type Grid, type GridCell, gridAxes } from './grid.ts'
import { mapSpec } from './map-spec.ts'

export interface MapCell {
  /** Name of one of the classes. */
  readonly class: string
  /** What is written in the cell. */
  readonly label: string
  /** In the unit that is shown; NaN where there is none. */
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface MapClass {
  readonly name: string
  readonly fill: string
  /** Colour of what is written on it. */
  readonly ink: string
  /** Part of the legend even where the map does not have it, so that maps can be compared. */
  readonly always?: true
}

export interface MapChart {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly description: string
  readonly grid: Grid
  /** What stands in one row of the page. */
  readonly row: string
  /** Policy or pair. */
  readonly name: string
  readonly seriesHeader: string
  readonly cell: (cell: GridCell) => MapCell
  /** All that may occur, in the order of the legend. */
  readonly classes: readonly MapClass[]
  /** 1, or less where the ink is that of the page. */
  readonly opacity: number
  readonly unit: string
}

export function mapFigure(chart: MapChart): Figure {
  const { grid, unit } = chart
  const inks = new Map(chart.classes.map(one => [one.name, one.ink]))
  const cells = grid.cells.map(cell => {
    const drawn = chart.cell(cell)
    return { ...cell, ...drawn, ink: inks.get(drawn.class) ?? 'currentColor' }
  })
  const texts = ['x', 'y', 'at', 'class', 'label', 'ink'] as const
  const numbers = ['value', 'low', 'high'] as const
  const columnsOf = <K extends (typeof texts)[number] | (typeof numbers)[number]>(names: readonly K[]) =>
    Object.fromEntries(names.map(name => [name, cells.map(cell => cell[name])]))
  const height = 96 + 30 * grid.y.levels.length
  return {
    id: chart.id,
    title: chart.title,
    group: chart.group,
    row: chart.row,
    description: chart.description,
    height,
    seriesHeader: chart.seriesHeader,
    series: [
      {
        name: chart.name,
        values: columnsOf(numbers) as Record<string, number[]>,
        texts: columnsOf(texts) as Record<string, string[]>,
      },
    ],
    columns: [
      { field: 'x', header: grid.x.name },
      { field: 'y', header: grid.y.name },
      { field: 'class', header: 'class' },
      ...numbers.map(field => ({ field, header: unit === '' ? field : `${field}_${headerUnit(unit)}` })),
    ],
    hover: { kind: 'mark', x: '', xUnit: '', y: 'value', yUnit: unit, interval: true, title: 'at' },
    table: tableOf(chart, cells),
    spec: mapSpec(chart, cells, height),
  }
}

/** As the map lies. */
function tableOf({ grid, title, unit }: MapChart, cells: readonly (GridCell & MapCell)[]): Figure['table'] {
  const axes = gridAxes(grid)
  const at = (x: string, y: string) => cells.find(cell => cell.x === x && cell.y === y)?.label ?? ''
  return {
    caption: `${title}${unit === '' ? '' : `, ${unit}`}; ${grid.y.name} down, ${grid.x.name} across`,
    head: [`${grid.y.name} \\ ${grid.x.name}`, ...axes.x],
    rows: axes.y.map(y => [y, ...axes.x.map(x => at(x, y))]),
  }
}
