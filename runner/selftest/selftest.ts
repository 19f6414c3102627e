/** The whole selftest: every family measured and judged. */
import { families } from './families/index.ts'
import { falseAlarmOfLine, judge, type Verdict } from './judge.ts'
import { type MeasureOptions, measure } from './measure.ts'

export { falseAlarm } from './judge.ts'

export interface SelftestResult {
  readonly seed: number
  readonly long: boolean
  /** Probability of each line with an interval that it fails though everything is right. */
  readonly falseAlarmOfLine: number
  readonly wallS: number
  readonly verdicts: readonly Verdict[]
}

/** Rejects with the signal's reason when aborted; writes nothing anywhere. */
export async function selftest(options: MeasureOptions): Promise<SelftestResult> {
  const begin = performance.now()
  const measured = await measure(families, options)
  return {
    seed: options.seed,
    long: options.long,
    falseAlarmOfLine: falseAlarmOfLine(measured),
    wallS: (performance.now() - begin) / 1000,
    verdicts: judge(measured),
  }
}
