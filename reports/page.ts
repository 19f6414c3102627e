/** Results → one HTML file that makes no request: the verdict first, then what it rests on, then how to run it again. */
import { readBrowserBundle } from './page/browser-bundle.ts'
import { contentSecurityPolicy, embedJson, embedScript } from './page/embed.ts'
import { expectationRows, expectationSummary } from './page/expectation-list.ts'
import { fabricTables } from './page/fabric.ts'
import { facts } from './page/facts.ts'
import { drawFigures } from './page/figures.ts'
import { allMetrics, clusterMetrics } from './page/metric-tables.ts'
import { policyTable } from './page/policy-table.ts'
import { rerun } from './page/rerun.ts'
import { sections } from './page/sections.ts'
import { readTemplate, renderTemplate } from './page/templates.ts'
import { verdict } from './page/verdict.ts'
import type { Results } from './results.ts'

/** Longer tables start folded. */
const mostOpenRows = 24

export interface PageOptions {
  /** The page's script instead of the built one; empty: a page without any. */
  readonly script?: string
}

/** Renders the report. Throws where a template is missing: the installation is incomplete then. */
export async function renderPage(results: Results, options: PageOptions = {}): Promise<string> {
  const style = await readTemplate('page.css')
  const script = embedScript(options.script ?? (await readBrowserBundle()))
  const { figures, data } = await drawFigures(results)
  return renderTemplate({
    results,
    style,
    script,
    policy: contentSecurityPolicy(style, script),
    data: embedJson(data),
    verdict: verdict(results),
    facts: facts(results),
    failed: results.expectations.some(row => row.status === 'fail' && row.severity === 'fail'),
    expectationSummary: expectationSummary(results),
    expectations: expectationRows(results),
    table: policyTable(results),
    allMetrics: allMetrics(results),
    clusterMetrics: clusterMetrics(results),
    clustersOpen: results.fabric.clusters.length * results.policies.length <= mostOpenRows,
    sections: sections(results, figures),
    fabric: fabricTables(results),
    rerun: rerun(results),
  })
}
