/** The selftest's table: what a person reads, and what a program does. */
import pc from 'picocolors'
import type { Scale } from '../../reports/format/scale.ts'
import { inWords, quantity, scaleFor } from '../../reports/format.ts'
import type { Line } from '../selftest/experiment.ts'
import { bounds, type Verdict } from '../selftest/judge.ts'
import { falseAlarm, type SelftestResult } from '../selftest/selftest.ts'

/** Families with their lines: expected, measured with its interval, verdict; then what it comes to. */
export function selftestText(result: SelftestResult): string {
  const rows = result.verdicts.map(verdict => [verdict.line.what, expectedText(verdict.line), measuredText(verdict)])
  const widths = [0, 1].map(column => Math.max(...rows.map(row => row[column].length)))
  const lines = result.verdicts.flatMap((verdict, i) => {
    const [what, expected, measured] = rows[i]
    const line = `${mark(verdict.holds)} ${what.padEnd(widths[0])}  ${expected.padStart(widths[1])}  ${measured}`
    return verdict.family === result.verdicts[i - 1]?.family ? [line] : ['', familyText(verdict), line]
  })
  return `${[headline(result), ...lines, '', conclusion(result)].join('\n')}\n`
}

function headline({ verdicts, seed, wallS, falseAlarmOfLine }: SelftestResult): string {
  const lucky = verdicts.filter(({ line }) => line.test !== 'each').length
  const all = `${pc.bold('selftest')}  ${verdicts.length} lines in ${wallS.toFixed(1)} s, seed ${seed}`
  const odds = `A line holds if its interval holds what is expected: ${lucky} intervals, each of ${percent(1 - falseAlarmOfLine)}, hold all at once`
  return `${all}\n${pc.dim(`${odds}\nwith ${percent(1 - falseAlarm)} where everything is right. Without an interval there is no luck in it: equal but for rounding.`)}`
}

/** With all of its nines. */
const percent = (share: number): string => `${Number((100 * share).toPrecision(7))}\u00a0%`

const familyText = ({ family }: Verdict): string => `${pc.bold(family.name)}  ${pc.dim(family.source)}`

const mark = (holds: boolean): string => (holds ? pc.green('✓') : pc.red('✗'))

/** Times in a unit of the size of what is expected; all else as it is. */
function scaleOf({ unit, expected }: Line): Scale {
  if (unit === 's') return scaleFor(unit, false, bounds(expected)[0])
  return unit === '%' ? { symbol: '%', factor: 100 } : { symbol: unit, factor: 1 }
}

function expectedText(line: Line): string {
  const scale = scaleOf(line)
  const [from, to] = bounds(line.expected)
  const text = (value: number) => quantity(value, value, value, scale).value
  return from === to ? text(from) : `${Number((from * scale.factor).toPrecision(4))}–${text(to)}`
}

function measuredText({ line, measured, low, high, error, holds }: Verdict): string {
  if (error !== null) return pc.red(error)
  // A difference that is too large for rounding may still be too small for four digits.
  if (line.test === 'each' && !holds) return pc.red(String(measured * scaleOf(line).factor))
  const text = inWords(measured, low, high, scaleOf(line))
  return holds ? text : pc.red(text)
}

function conclusion({ verdicts }: SelftestResult): string {
  const wrong = verdicts.filter(({ holds }) => !holds)
  if (wrong.length === 0) return `${mark(true)} all ${verdicts.length} lines hold`
  return [
    `${mark(false)} ${wrong.length} of ${verdicts.length} lines do not hold:`,
    ...wrong.map(({ family, line }) => `  ${family.name}: ${line.what}`),
  ].join('\n')
}

/** The same for programs; an interval that is not bounded has null. */
export const selftestJson = ({ verdicts, ...rest }: SelftestResult): string =>
  JSON.stringify(
    {
      apiVersion: 'fabricdt.io/selftest.v1alpha1',
      holds: verdicts.every(({ holds }) => holds),
      falseAlarm,
      ...rest,
      lines: verdicts.map(({ family, line: { what, unit, test, expected }, ...found }) => ({
        family: family.name,
        source: family.source,
        what,
        unit,
        test,
        expected,
        ...found,
      })),
    },
    null,
    1,
  )
