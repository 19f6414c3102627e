import { type TimeWindow, timeAxis, windowsInWords } from '../charts/time-axis.ts'
import type { Results } from '../results.ts'
import type { PageFigure } from './figures.ts'

export interface Section {
  id: string
  title: string
  intro: string
  /** Failures that can be looked at from near; null where there is no time axis. */
  zoom: { windows: TimeWindow[] } | null
  /** Grids, one after another; small figures stand closer. */
  grids: { small: boolean; figures: PageFigure[] }[]
}

const mostZooms = 6

/** Sections with figures; those without are left out, of the table of contents too. */
export function sections(results: Results, figures: readonly PageFigure[]): Section[] {
  const grid = (part: string, small: boolean) => ({ small, figures: figures.filter(figure => figure.section === part) })
  const windows = timeAxis(results).windows.filter(window => window.kind === 'failure')
  const all: Section[] = [
    {
      id: 'time',
      title: 'Over time',
      intro: overTime(results),
      zoom: { windows: windows.slice(0, mostZooms) },
      grids: [grid('time', false), grid('load', true)],
    },
    {
      id: 'distributions',
      title: 'Distributions',
      intro: 'Each curve is the mean of the replications\u2019 quantiles.',
      zoom: null,
      grids: [grid('distributions', false)],
    },
    {
      id: 'differences',
      title: 'Differences',
      intro: differences(results),
      zoom: null,
      grids: [grid('differences', false)],
    },
  ]
  return all
    .map(section => ({ ...section, grids: section.grids.filter(part => part.figures.length > 0) }))
    .filter(section => section.grids.length > 0)
}

function overTime(results: Results): string {
  const lines = hasBands(results) ? 'Lines are means over replications, bands their 95\u00a0% intervals.' : ''
  const failures = results.failures.length === 0 ? '' : ` Pink: ${windowsInWords(results)}.`
  const warmup = results.scenario.warmupS > 0 ? ' Grey: warm-up, not measured.' : ''
  return `${lines}${failures}${warmup}`.trim()
}

function differences(results: Results): string {
  const paired = hasBands(results)
    ? 'Policies met the same luck, so their differences are taken replication by replication; what lies beyond chance is corrected for the number of pairs (Holm). '
    : ''
  return `${paired}Blue: the first is better; orange: the second; grey: they cannot be told apart.`
}

const hasBands = (results: Results): boolean => results.rows.some(row => row.method === 't')
