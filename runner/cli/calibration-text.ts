/** What a calibration found, as a table. */
import type { Fitted, NodeFit } from '../scenario/calibration-file.ts'
import type { CalibrationResult } from '../verify/calibrate/calibrate.ts'

const fields: readonly [keyof NodeFit, string, string][] = [
  ['speed', 'speed', ''],
  ['startupS', 'start-up', ' s'],
  ['lateS', '… seen at the end', ' s'],
  ['idleW', 'idle', ' W'],
  ['busyW', 'busy', ' W'],
]

/** Every figure with its 95 % interval and how much it rests on; then what was not fitted, and why. */
export function calibrationText({ calibration, notes, check }: CalibrationResult): string {
  const { pools, clusters, modes, noise, source } = calibration
  const rows = [
    ...Object.entries(pools).flatMap(([name, fit]) => nodeRows(`pool ${name}`, fit)),
    ...Object.entries(clusters).flatMap(([name, fit]) => nodeRows(`cluster ${name}`, fit)),
    ...Object.entries(modes).map(([mode, fit]) => row(mode, 'factor', '', fit)),
    ...(noise.runTime > 1e-4 ? [['noise', 'run time', percent(noise.runTime), '', '']] : []),
    ...(noise.startUp > 1e-4 ? [['noise', 'start-up', percent(noise.startUp), '', '']] : []),
  ]
  return [
    source,
    '',
    ...(rows.length === 0 ? ['nothing could be fitted'] : table([['', '', 'fitted', '95 % interval', 'n'], ...rows])),
    ...(check === null
      ? []
      : [
          '',
          `Single attempts (start-up and run) were off by ${percent(check.before)} in the mean as declared, and are by ${percent(check.after)} as fitted to the other half of the jobs (${check.n} attempts).`,
        ]),
    ...(notes.length === 0 ? [] : ['', ...notes.map(note => `note: ${note}`)]),
    '',
  ].join('\n')
}

const nodeRows = (name: string, fit: NodeFit): string[][] =>
  fields.flatMap(([field, title, unit]) => {
    const fitted = fit[field]
    return fitted === undefined ? [] : [row(name, title, unit, fitted)]
  })

const row = (name: string, title: string, unit: string, { value, low, high, n }: Fitted): string[] => [
  name,
  title,
  `${short(value)}${unit}`,
  `${short(low)} – ${short(high)}${unit}`,
  String(n),
]

function table(rows: readonly string[][]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(cells => cells[column].length)))
  return rows.map(cells =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
}

const short = (value: number): string => String(Number(value.toPrecision(4)))
/** Below a hundredth of a per cent it is rounding. */
const percent = (share: number): string => `${share < 1e-4 ? 0 : Number((share * 100).toPrecision(3))} %`
