import { philox4x32 } from '../../../engine/random.ts'
import { shareInterval } from '../../../engine/statistics/binomial.ts'
import { cvar } from '../../../engine/statistics/cvar.ts'
import { boundedQuantile } from '../../../engine/statistics/descriptive.ts'
import { holm } from '../../../engine/statistics/holm.ts'
import { pairedComparison } from '../../../engine/statistics/paired.ts'
import { tQuantile } from '../../../engine/statistics/student-t.ts'
import { type Family, knownAnswers } from '../experiment.ts'

/** An answer that was published with so many decimals. */
const rounded = (what: string, expected: number, decimals: number, value: () => number) => ({
  what,
  unit: '' as const,
  expected,
  // The last digit printed is right to a half; 1e-9 for the halves themselves.
  slack: 0.5 * 10 ** -decimals + 1e-9,
  value,
})

const exact = (what: string, expected: number, value: () => number) => ({ what, unit: '' as const, expected, value })

const words = (text: string): number[] => text.split(' ').map(word => Number.parseInt(word, 16))

/** Words of a block that come out as published. */
function rightWords(counter: string, key: string, result: string): number {
  const block = Uint32Array.from(words(counter))
  const [key0, key1] = words(key)
  philox4x32(block, key0, key1)
  return words(result).filter((word, i) => block[i] === word).length
}

/** Random123 (Salmon et al., SC'11), tests/kat_vectors: philox4x32, 10 rounds. */
const philox = [
  ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
] as const

// W. S. Gosset ("Student"), Biometrika 6 (1908), p. 20: additional hours of sleep by two drugs, ten patients.
const sleepA = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const sleepB = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

const oneToTen = Array.from({ length: 10 }, (_, i) => i + 1)

export const statistics: Family = {
  name: 'Statistics',
  source: 'published tables and examples',
  experiments: [
    knownAnswers([
      rounded('t quantile 0.975, 1 degree of freedom (NIST)', 12.706, 3, () => tQuantile(0.975, 1)),
      rounded('t quantile 0.975, 10 degrees of freedom (NIST)', 2.228, 3, () => tQuantile(0.975, 10)),
      rounded('t quantile 0.999, 29 degrees of freedom (Federighi)', 3.396, 3, () => tQuantile(0.999, 29)),
      rounded("paired t, p of Student's sleep data", 0.002833, 6, () => pairedComparison(sleepA, sleepB).p),
      rounded('Clopper–Pearson 95 %, 5 of 10, lower bound', 0.1871, 4, () => shareInterval(5, 10, 0.95).low),
      exact('Holm of 0.01 0.04 0.03 0.005, the second (R, p.adjust)', 0.06, () => holm([0.01, 0.04, 0.03, 0.005])[1]),
      exact('CVaR 75 % of 1 … 10', (10 + 9 + 0.5 * 8) / 2.5, () => cvar(oneToTen, 0.75)),
      exact('p50 of 1 … 10, the element at ⌊0.5 · 9⌋', 5, () => boundedQuantile(oneToTen, 0.5)),
      exact('p90 of 1 … 10 and one that never ends, at ⌊0.9 · 10⌋', 10, () => boundedQuantile(oneToTen, 0.9, 1)),
      exact('Philox 4×32-10, right words of 3 known answers', 4 * philox.length, () =>
        philox.reduce((sum, [counter, key, result]) => sum + rightWords(counter, key, result), 0),
      ),
    ]),
  ],
}
