/** Results → one HTML file that makes no request: the verdict first, then what it rests on, then how to run it again. */

import { type Draw, drawHere } from './charts/drawing.ts'
import { isSweep } from './factors.ts'
import { pointViews } from './lookup.ts'
import { readBrowserBundle } from './page/browser-bundle.ts'
import { cautions } from './page/cautions.ts'
import { contentSecurityPolicy, embedJson, embedScript } from './page/embed.ts'
import { expectationRows, expectationSummary } from './page/expectation-list.ts'
import { expectationCounts, expectationPoints } from './page/expectation-sweep.ts'
import { fabricTables } from './page/fabric.ts'
import { facts } from './page/facts.ts'
import { drawFigures } from './page/figures.ts'
import { heuristicTable } from './page/heuristic.ts'
import { allMetrics, clusterMetrics } from './page/metric-tables.ts'
import { pointTable } from './page/point-table.ts'
import { policyTable } from './page/policy-table.ts'
import { rerun } from './page/rerun.ts'
import { sections } from './page/sections.ts'
import { sweepDetails } from './page/sweep-details.ts'
import { sweepVerdict } from './page/sweep-verdict.ts'
import { readTemplate, renderTemplate } from './page/templates.ts'
import { verdict } from './page/verdict.ts'
import { verificationPart } from './page/verification.ts'
import type { Results } from './results.ts'

/** Longer tables start folded. */
const mostOpenRows = 24

export interface PageOptions {
  /** The page's script instead of the built one; empty: a page without any. */
  readonly script?: string
  /** Draws the figures; by default in this thread. */
  readonly draw?: Draw
}

/** Renders the report. Throws where a template is missing: the installation is incomplete then. */
export async function renderPage(results: Results, options: PageOptions = {}): Promise<string> {
  const style = await readTemplate('page.css')
  const script = embedScript(options.script ?? (await readBrowserBundle()))
  const drawn = await drawFigures(results, options.draw ?? drawHere)
  const sweep = isSweep(results)
  const [first] = pointViews(results)
  const parts = sections(results, drawn)
  return renderTemplate({
    results,
    style,
    script,
    policy: contentSecurityPolicy(style, script),
    data: embedJson(drawn.data),
    sweep: sweep ? sweepOf(results) : null,
    verdict: sweep ? sweepVerdict(results) : verdict(results),
    details: sweep ? sweepDetails(results) : [],
    facts: facts(results),
    cautions: cautions(results),
    expectationSummary: expectationSummary(results),
    expectations: expectationRows(first),
    table: policyTable(first),
    allMetrics: allMetrics(first),
    clusterMetrics: clusterMetrics(first),
    clustersOpen: !sweep && results.fabric.clusters.length * results.policies.length <= mostOpenRows,
    before: parts.filter(part => part.id === 'sweep'),
    verification: verificationPart(
      results,
      parts.find(part => part.id === 'verification'),
    ),
    sections: parts.filter(part => part.id !== 'sweep' && part.id !== 'verification'),
    fabric: fabricTables(results),
    heuristic: heuristicTable(first),
    rerun: rerun(results),
  })
}

/** What only a sweep has. */
function sweepOf(results: Results) {
  const table = pointTable(results)
  return {
    points: table,
    pointsOpen: table.rows.length <= mostOpenRows,
    counts: expectationCounts(results),
    expectations: expectationPoints(results),
  }
}
