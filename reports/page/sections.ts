import { type TimeWindow, timeAxis } from '../charts/time-axis.ts'
import { isSweep, pointName } from '../factors.ts'
import { pointViews } from '../lookup.ts'
import type { Results } from '../results.ts'
import type { PageFigure, PageFigures } from './figures.ts'
import { ofDifferences, overSweep, overTime } from './intros.ts'
import { judge } from './sweep-places.ts'

export interface Section {
  id: string
  title: string
  intro: string
  /** Which point it is about, where it is about one of several; and those that can be chosen instead. */
  point: string
  choices: readonly string[]
  /** Failures that can be looked at from near; null where there is no time axis. */
  zoom: { windows: TimeWindow[] } | null
  grids: FigureGrid[]
}

export interface FigureGrid {
  /** Small figures stand closer. */
  small: boolean
  /** Of a group, which can be folded away; null: it stands open and has no title. */
  title: string | null
  open: boolean
  /** Sentence above the figures; may be empty. */
  intro: string
  /** Figures, in rows that begin anew. */
  rows: PageFigure[][]
}

const mostZooms = 6

/** Sections with figures; those without are left out, of the table of contents too. */
export function sections(results: Results, { figures, choices }: PageFigures): Section[] {
  const [first] = pointViews(results)
  const point = isSweep(results) ? pointName(results, results.points[0]) : ''
  const grid = (part: string, small: boolean) => ({
    small,
    title: null,
    open: true,
    intro: '',
    rows: [figures.filter(figure => figure.section === part && figure.group === undefined)],
  })
  const windows = timeAxis(first).windows.filter(window => window.kind === 'failure')
  const all: Section[] = [
    {
      id: 'verification',
      title: 'Predicted against observed',
      intro: '',
      point: '',
      choices: [],
      zoom: null,
      grids: [grid('verification', false)],
    },
    {
      id: 'sweep',
      title: 'Over the sweep',
      intro: overSweep(results),
      point: '',
      choices: [],
      zoom: null,
      grids: [grid('sweep', false), ...groups(results, figures, 'sweep')],
    },
    {
      id: 'time',
      title: 'Over time',
      intro: overTime(first),
      point,
      choices,
      zoom: { windows: windows.slice(0, mostZooms) },
      grids: [grid('time', false), grid('load', true)],
    },
    {
      id: 'distributions',
      title: 'Distributions',
      intro: 'Each curve is the mean of the replications\u2019 quantiles.',
      point,
      choices,
      zoom: null,
      grids: [grid('distributions', false)],
    },
    {
      id: 'differences',
      title: 'Differences',
      intro: ofDifferences(results),
      point: '',
      choices: [],
      zoom: null,
      grids: [grid('differences', false), ...groups(results, figures, 'differences')],
    },
  ]
  return all
    .map(section => ({ ...section, grids: section.grids.filter(part => part.rows.some(row => row.length > 0)) }))
    .filter(section => section.grids.length > 0)
}

/** Figures of a part by their groups; that of the metric that decides is open. */
function groups(results: Results, figures: readonly PageFigure[], part: string): FigureGrid[] {
  const grouped = figures.filter(figure => figure.section === part && figure.group !== undefined)
  const titles = [...new Set(grouped.map(figure => figure.group as string))]
  const telling = judge(results)?.metric.title ?? titles[0]
  return titles.map(title => ({
    small: true,
    title,
    open: title === telling,
    intro: results.metrics.find(metric => metric.title === title)?.description ?? '',
    rows: byRow(grouped.filter(figure => figure.group === title)),
  }))
}

const byRow = (figures: readonly PageFigure[]): PageFigure[][] =>
  [...new Set(figures.map(({ row }) => row))].map(row => figures.filter(figure => figure.row === row))
