/** What lies in deploy/ for people to apply: it can be read, and says what the code says. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../reports/package-root.ts'
import { Metrics } from '../../runner/api/metrics.ts'
import { loadScenario } from '../../runner/scenario/load.ts'
import { Bench } from '../plan/fixtures.ts'
import { chart, deployFolder, objectsOf } from './helm.ts'

const files = readdirSync(deployFolder, { recursive: true, encoding: 'utf8' })
const yamls = files.filter(file => file.endsWith('.yaml') && !file.includes('/templates/'))
const read = (file: string): string => readFileSync(join(deployFolder, file), 'utf8')

const { scenario } = await loadScenario(new URL('scenarios/zone-blackout.yaml', packageRoot).pathname)
const { planner } = new Bench(scenario)

test.each(yamls)('%s is YAML', file => {
  expect(objectsOf(read(file)).length).toBeGreaterThan(0)
})

test.each(files.filter(file => file.endsWith('.json')))('%s is JSON', file => {
  expect(JSON.parse(read(file))).toBeTypeOf('object')
})

test('the runtime classes are those that Jobs name', () => {
  const source = readFileSync(new URL('runner/execute/manifests.ts', packageRoot), 'utf8')
  const named = [...source.matchAll(/runtimeClass: '([^']+)'/g)].map(match => match[1])
  const made = objectsOf(read('runtime-classes/runtime-classes.yaml')).map(object => object.metadata?.name)
  expect(named.length).toBe(2)
  expect(made).toEqual(named)
})

describe('samples', () => {
  test.each(readdirSync(join(deployFolder, 'samples')))('%s is planned', async file => {
    const request: unknown = JSON.parse(read(`samples/${file}`))
    const plan = await planner.plan(request)
    const { job } = request as { job: { spec: { stages: { id: string }[] } } }
    expect(new Set(plan.placement.map(({ stage }) => stage))).toEqual(new Set(job.spec.stages.map(({ id }) => id)))
    if (file === 'shadowed.json') expect(plan.shadows.length).toBe(1)
  })
})

test('the dashboard asks for metrics that there are', async () => {
  const metrics = new Metrics(planner)
  const extender = readFileSync(new URL('runner/extender/server.ts', packageRoot), 'utf8')
  const known = new Set([
    ...metrics.registry.getMetricsAsArray().map(({ name }) => name),
    ...[...extender.matchAll(/name: '(\w+)'/g)].map(match => match[1]),
  ])
  const text = readFileSync(join(chart, 'files/dashboard.json'), 'utf8')
  const asked = new Set([...text.matchAll(/\b(?:fabricdt|process|nodejs)_\w+/g)].map(([name]) => name))
  expect(asked.size).toBeGreaterThan(15)
  for (const name of asked) expect([...known]).toContain(name.replace(/_(bucket|sum|count)$/, ''))
  const body = await metrics.registry.metrics()
  expect(body).toMatch(/fabricdt_node_cpu_free_millicores\{cluster="\S+",node="\S+"\} \d/)
})
