import { namedFactors } from '../factors.ts'
import { pointViews } from '../lookup.ts'
import type { Results } from '../results.ts'
import { cellScale } from './cell.ts'
import type { MetricTable } from './metric-tables.ts'
import { columnCells } from './policy-table.ts'

/** Every point × policy × headline metric, the best of each point marked. */
export function pointTable(results: Results): MetricTable {
  const factors = namedFactors(results)
  const metrics = results.metrics.filter(metric => metric.headline)
  const scales = metrics.map(metric => cellScale(results, metric))
  return {
    head: [
      ...factors.map(({ name, path }) => ({ title: name, description: path })),
      { title: 'Policy', description: '' },
      ...metrics.map(({ title, description }) => ({ title, description })),
    ],
    rows: pointViews(results).flatMap(view => {
      const [point] = view.points
      const levels = factors.map(({ path, levels: all, numeric }) => ({
        text: point.levels[path],
        description: '',
        sort: numeric === null ? '' : String(numeric.values[all.indexOf(point.levels[path])]),
      }))
      const cells = metrics.map((metric, i) => columnCells(view, metric, scales[i], false))
      return view.policies.map(({ label }, p) => ({
        labels: [...levels, { text: label, description: '', sort: '' }],
        cells: cells.map(column => column[p]),
      }))
    }),
  }
}
