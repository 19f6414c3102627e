import type { Rule } from './rule.ts'

/** A file of latencies knows every pair of clusters that no link does. */
export const latencyGaps: Rule = ({ problems }, _draft, { missingLatencies }) => {
  // The file itself could not be read: that is told already.
  if (missingLatencies.length === 0 || problems.has('file-unreadable', 'bad-trace', 'bad-quantity')) return
  const pairs = missingLatencies.slice(0, 3).map(({ from, to }) => `${from} → ${to}`)
  const more = missingLatencies.length > 3 ? ` and ${missingLatencies.length - 3} more` : ''
  problems.add(
    'missing-field',
    ['spec', 'fabric', 'network', 'latency', 'file'],
    `the file has no latency for ${pairs.join(', ')}${more}`,
    {
      hint: 'Add rows by cluster or region, or `links`.',
    },
  )
}
