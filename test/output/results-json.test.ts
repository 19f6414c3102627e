import { expect, test } from 'vitest'
import type { Results } from '../../reports/results.ts'
import { resultsJson } from '../../runner/output/results-json.ts'

test('results.json says what JSON.stringify would, an element of a list a line', () => {
  const results = {
    kind: 'Results',
    points: [],
    rows: Array.from({ length: 5000 }, (_, i) => ({
      point: i,
      estimate: i % 7 === 0 ? null : i / 3,
      metric: 'a "b"\n',
    })),
    run: { id: 'x', threads: 2 },
    triggeredFailures: undefined,
  } as unknown as Results
  const chunks = [...resultsJson(results)]
  expect(chunks.length).toBeGreaterThan(1)
  expect(JSON.parse(chunks.join(''))).toEqual(JSON.parse(JSON.stringify(results)))
  expect(chunks.join('').split('\n')).toHaveLength(5000 + 8)
})
