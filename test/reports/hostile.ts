/** Results whose every name tries to be more than a name. */
import type { Results } from '../../reports/results.ts'
import { fixtureResults } from './fixture.ts'

const evil: Record<string, string> = {
  fcfs: '<img src=x onerror=alert(1)>',
  'greedy-latency': '</script><script>alert(2)</script>',
  resilient: `{{constructor}} "'><marquee>`,
  datacenter: '<!-- <script>',
  'edge-microdc': '=HYPERLINK("http://example.invalid")',
  gaming: '</style></svg><iframe>',
}

/** Renames wherever a name stands alone as a string, keys and values alike. */
export function hostileResults(): Results {
  const results = rename(fixtureResults()) as Results
  return {
    ...results,
    scenario: {
      ...results.scenario,
      name: '<script>alert(3)</script>',
      description: '</title></p><img src=y onerror=alert(4)> & {{{results}}}',
      source: '</code></pre><script>alert(5)</script>\n# <!--',
    },
    failures: results.failures.map(failure => ({ ...failure, label: '"><img src=z onerror=alert(6)>' })),
    assumptions: ['<b onmouseover=alert(7)>assumed</b>'],
    warnings: ['<img src=w onerror=alert(8)>'],
    errors: [{ policy: evil.fcfs, replication: 3, code: 'trial-failed', message: '</li><script>alert(9)</script>' }],
    run: { ...results.run, command: 'fabricdt-run "</code><script>alert(10)</script>"' },
  }
}

function rename(value: unknown): unknown {
  if (typeof value === 'string') return evil[value] ?? value
  if (Array.isArray(value)) return value.map(rename)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rename(child)]))
}
