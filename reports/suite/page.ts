/** The suite as one HTML file that makes no request; each experiment links to the pages of its runs. */
import { readFile } from 'node:fs/promises'
import type { SuiteResult } from '../../runner/suite/suite.ts'
import { packageRoot } from '../package-root.ts'
import { contentSecurityPolicy } from '../page/embed.ts'
import { readTemplate } from '../page/templates.ts'

const marks = { pass: '✓', fail: '✗', inconclusive: '?', skipped: '–' } as const
const words = { pass: 'holds', fail: 'does not hold', inconclusive: 'stays open', skipped: 'skipped' } as const

/** Throws where a template is missing: the installation is incomplete then. */
export async function renderSuite(result: SuiteResult): Promise<string> {
  const { default: Handlebars } = await import('handlebars')
  const style = await readTemplate('page.css')
  const template = await readFile(new URL('templates/suite/page.hbs', packageRoot), 'utf8')
  const marked = <T extends 'pass' | 'fail' | 'inconclusive' | 'skipped'>(status: T) => ({
    ...{ status, mark: marks[status], word: words[status] },
  })
  const experiments = result.experiments.map(experiment => ({
    ...experiment,
    ...marked(experiment.verdict),
    findings: experiment.findings.map(finding => ({ ...finding, ...marked(finding.status) })),
  }))
  const policy = contentSecurityPolicy(style, '')
  return Handlebars.compile(template, { strict: true })({ ...result, experiments, style, policy })
}
