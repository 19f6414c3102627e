import type { Rule } from './rule.ts'

/** Something is left to measure after the warm-up. */
export const warmup: Rule = ({ problems }, { warmupS, horizonS }) => {
  if (warmupS !== undefined && horizonS !== undefined && horizonS !== null && warmupS >= horizonS)
    problems.add(
      'out-of-range',
      ['spec', 'warmup'],
      'the warm-up ends at or after the horizon: nothing would be measured',
      { hint: 'Give a shorter warmup or a longer horizon.' },
    )
}
