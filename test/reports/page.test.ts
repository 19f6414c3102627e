import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { embedJson, embedScript } from '../../reports/page/embed.ts'
import { renderPage } from '../../reports/page.ts'
import { bundleBrowser } from '../browser/bundle.ts'
import { fixtureResults, fixtureTrials } from './fixture.ts'
import { fixturePolicies } from './fixture-runs.ts'
import { hostileResults } from './hostile.ts'
import { summarizeTrials } from './summarize-trials.ts'

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('the page', { timeout: 30_000 }, () => {
  let html: string
  beforeAll(async () => {
    html = await renderPage(fixtureResults(), { script: await bundleBrowser() })
  }, 60_000)

  it('begins with what was asked and the answer', () => {
    const main = html.slice(html.indexOf('<main>'))
    const places = [
      'zone-blackout',
      'Which policy keeps its deadlines',
      'class="answer"',
      'expectations hold',
      'id="policies"',
      'id="time"',
    ].map(text => main.indexOf(text))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
  })

  it('shows expectations with mark, actual value, interval and margin', () => {
    const text = html
      .replace(/<[^>]*>/g, ' ')
      .replace(/[\s\u00a0]+/g, ' ')
      .replace(/\u2060/g, '')
    expect(text).toMatch(/latency\.p95 &lt; 11s greedy-latency ✓ holds \d+\.\d+ s \(\d+\.\d+–\d+\.\d+ s\) \+\d\.\d+ s/)
    expect(text).toMatch(/✗ fails/)
    expect(text).toMatch(/\? inconclusive the interval holds the limit/)
  })

  it('says how to run it again', () => {
    for (const text of [
      'fabricdt-run scenarios/zone-blackout.yaml',
      fixtureResults().scenario.hash,
      fixtureResults().resultsHash,
      'kind: Scenario',
    ]) {
      expect(html).toContain(text)
    }
  })

  it('is at most 1.5 MB and names no other place', () => {
    expect(html.length).toBeLessThan(1_500_000)
    const own = html.replace(/<script[\s\S]*?<\/script>/g, '').replaceAll('http://www.w3.org/2000/svg', '')
    expect(own).not.toMatch(/https?:\/\/|src=|@import|url\((?!#)/)
  })

  it('allows by hash what it holds, and nothing else', () => {
    const style = html.match(/<style>([\s\S]*?)<\/style>/)?.[1] as string
    const script = html.match(/<script>([\s\S]*?)<\/script>/)?.[1] as string
    const policy = html
      .match(/Content-Security-Policy" content="([^"]*)"/)?.[1]
      .replaceAll('&#x27;', "'")
      .replaceAll('&#x3D;', '=')
    expect(policy).toBe(
      `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`,
    )
    expect(html).not.toMatch(/<[^>]* style=/)
  })

  it('has a drawing, a description, a data table and unique ids for each chart', () => {
    const figures = html.match(/<figure[\s\S]*?<\/figure>/g) ?? []
    expect(figures.length).toBe(14)
    for (const figure of figures) {
      expect(figure).toMatch(/<p id="[^"]*-about">\w/)
      expect(figure).toMatch(/<svg xmlns[\s\S]*<path/)
      expect(figure.match(/<tr>/g)?.length).toBeGreaterThan(2)
      expect(figure.match(/<tr>/g)?.length).toBeLessThan(52)
      expect(figure).not.toMatch(/NaN|undefined|Infinity|null/)
    }
    const ids = [...html.replace(/<script[\s\S]*?<\/script>/g, '').matchAll(/ id="([^"]*)"/g)].map(match => match[1])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is the same every time', async () => {
    expect(await renderPage(fixtureResults(), { script: '' })).toBe(await renderPage(fixtureResults(), { script: '' }))
  })

  it('does without its script', async () => {
    const plain = await renderPage(fixtureResults(), { script: '' })
    expect(plain).toContain('script-src &#x27;none&#x27;')
    expect(plain).not.toContain('<script>')
  })
})

describe('pages of odd results', { timeout: 30_000 }, () => {
  it('escape every name', async () => {
    const html = (await renderPage(hostileResults(), { script: '' })).replace(/<style>[\s\S]*?<\/style>/, '')
    expect(html).not.toMatch(/<(img|iframe|marquee|b on|script>)/)
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')
  })

  it('without any trial still say so', async () => {
    const summary = summarizeTrials({
      point: 0,
      policies: fixturePolicies,
      clusters: [],
      trials: [],
      expectations: [],
      random: true,
      steadyAfterS: null,
    })
    const errors = [{ point: 0, policy: 'fcfs', replication: 0, code: 'trial-failed', message: 'out of memory' }]
    const html = await renderPage({ ...fixtureResults(), ...summary, demand: [], failures: [], errors }, { script: '' })
    expect(html).toContain('No job completed')
    expect(html).toContain('out of memory')
    expect(html).not.toContain('<figure')
  })

  it('with one policy, one replication and no randomness have no intervals, badges or differences', async () => {
    const trials = fixtureTrials().filter(trial => trial.policy === 'fcfs' && trial.replication === 0)
    const base = fixtureResults()
    const summary = summarizeTrials({
      point: 0,
      policies: ['fcfs'],
      clusters: base.fabric.clusters.map(cluster => cluster.name),
      trials,
      expectations: [],
      random: false,
      steadyAfterS: null,
    })
    const html = await renderPage({ ...base, ...summary, policies: base.policies.slice(0, 1) }, { script: '' })
    const body = html.slice(html.indexOf('<main>'))
    expect(body).not.toMatch(/class="badge|id="differences"|95\u00a0% interval/)
    expect(body).toContain('<figure id="utilisation"')
  })
})

describe('embedding', () => {
  it('keeps JSON and scripts within their elements', () => {
    expect(embedJson({ a: '</script><!--\u2028' })).toBe('{"a":"\\u003c/script>\\u003c!--\\u2028"}')
    expect(embedScript('"</SCRIPT>" + "<!--"')).toBe('"<\\/SCRIPT>" + "<\\!--"')
  })
})
