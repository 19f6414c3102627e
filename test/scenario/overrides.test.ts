import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, problemsOf, text } from './parse.ts'

const set = (...sets: string[]) => parse({}, { sets }).scenario
const wrong = (...sets: string[]) =>
  problemsOf(text(), { sets }).map(({ code, message, hint, column, length }) => ({
    code,
    message,
    hint,
    column,
    length,
  }))

describe('--set', () => {
  test('changes a field, with or without spec', () => {
    expect(set('spec.seed=7').seed).toBe(7)
    expect(set('seed=8', 'horizon=20m')).toMatchObject({ seed: 8, horizonS: 1200 })
    expect(set('metadata.name=other', 'metadata.description=Some text').description).toBe('Some text')
  })

  test('reaches into lists by index and by name', () => {
    expect(set('fabric.clusters.lab.nodes=6', 'fabric.clusters.1.nodes=3').clusters.map(({ nodes }) => nodes)).toEqual([
      6, 3,
    ])
    expect(
      set('workloads.jobs.job.stages.0.duration={exponential: {mean: 3s}}').workloads[0].stages[0].duration,
    ).toEqual({ kind: 'exponential', parameters: { mean: 3 } })
    expect(set('policies.0=sjf').policies[0].name).toBe('sjf')
    expect(set('policies.fcfs={resilient: {shadows: 2}}').policies[0]).toMatchObject({
      name: 'resilient',
      options: { shadows: 2 },
    })
  })

  test('a later one may change what an earlier one put in', () => {
    expect(
      set('workloads.jobs.job.stages.0={id: other, duration: 1s}', 'workloads.jobs.job.stages.other.duration=4s')
        .workloads[0].stages[0],
    ).toMatchObject({ id: 'other', duration: { parameters: { value: 4 } } })
  })

  test('values are YAML 1.2', () => {
    expect(set('scaling=1:20').scaling).toBe(20)
    expect(set('metadata.description="a, b"').description).toBe('a, b')
    expect(set('policies=[fcfs, sjf]').policies.map(({ name }) => name)).toEqual(['fcfs', 'sjf'])
  })

  test('the source shows what was run', () => {
    const { source } = parse({ head: 'horizon: 10m # short' }, { sets: ['fabric.clusters.lab.nodes=6'], seed: 9 })
    expect(source).toContain('# short')
    expect(source).toContain('nodes: 6')
    expect(source).toContain('seed: 9')
    expect(parse({}, {}, 'test.yaml').source).toBe(text())
    // What is shown can be run again with the same outcome.
    expect(problemsOf(source)).toEqual([])
  })

  test('what is wrong with a value is shown in the argument', () => {
    expect(wrong('fabric.clusters.lab.nodes=none')).toMatchObject([{ code: 'wrong-type', column: 27, length: 4 }])
    expect(problemsOf(text(), { sets: ['spec.seed=x'] })).toMatchObject([
      { file: '--set', line: 1, excerpt: ['spec.seed=x'] },
    ])
  })

  test.each<[string, string, string, string]>([
    ['spec.seed', 'bad-override', 'not of the form', 'path=value'],
    ['=3', 'bad-override', 'not of the form', 'path=value'],
    ['a..b=3', 'bad-override', 'empty step', 'path=value'],
    ['fabrik.clusters.lab.nodes=3', 'bad-override', 'the scenario has no spec.fabrik', '“fabric”'],
    ['fabric.clusters.lap.nodes=3', 'bad-override', 'the scenario has no spec.fabric.clusters.lap', '“lab”'],
    ['fabric.clusters.7.nodes=3', 'bad-override', 'the scenario has no spec.fabric.clusters.7', 'lab, cloud'],
    ['fabric.clusters.2={name: x}', 'bad-override', 'the scenario has no spec.fabric.clusters.2', 'lab, cloud'],
    ['seed.x=3', 'bad-override', 'spec.seed has no fields', 'mapping'],
    ['seed=[1', 'bad-override', 'no YAML', 'quotes'],
    ['seed=2\n---\n3', 'bad-override', 'several documents', 'quotes'],
    ['seed=*nowhere', 'bad-override', 'no anchor &nowhere', 'quotes'],
    ['seed={a: 1, a: 2}', 'bad-override', '“a” stands twice', 'quotes'],
    ['seed=1,2,3', 'not-yet', 'sweep', 'one value'],
    ['seed=range(1, 3)', 'not-yet', 'sweep', 'one value'],
    ['sed=3', 'unknown-field', '“sed”', '“seed”'],
  ])('%s is refused', (argument, code, message, hint) => {
    const [problem, ...more] = wrong(argument)
    expect(more).toEqual([])
    expect(problem.code).toBe(code)
    expect(problem.message).toContain(message)
    expect(problem.hint).toContain(hint)
  })

  test('an anchor that is taken away is missed where its alias stands', () => {
    const source = text({ head: 'horizon: &long 10m\n  warmup: *long' })
    expect(problemsOf(source, { sets: ['horizon=5m'] })).toMatchObject([{ code: 'yaml-syntax', line: 6, column: 11 }])
  })

  test('a file is looked for in the current folder first, then beside the scenario', () => {
    const workloads = 'workloads: [{name: jobs, origin: {cluster: lab}, trace: {format: swf, file: none.swf}}]'
    const traceOf = (file: string) => {
      const { arrivals } = parse({ workloads }, { sets: [`workloads.jobs.trace.file=${file}`] }, 'test/wrong/x.yaml')
        .scenario.workloads[0]
      return arrivals.process === 'trace' ? arrivals.file : ''
    }
    expect(traceOf('package.json')).toBe(resolve('package.json'))
    expect(traceOf('latencies.csv')).toBe(resolve('test/wrong/latencies.csv'))
  })
})

describe('--seed, --replications and --policy', () => {
  test('change the scenario', () => {
    expect(parse({}, { seed: 42, replications: 3 }).scenario).toMatchObject({ seed: 42, replications: 3 })
  })

  test('are checked as the file is', () => {
    expect(problemsOf(text(), { seed: -1, replications: 0 })).toMatchObject([
      { file: '--replications', code: 'out-of-range' },
      { file: '--seed', code: 'out-of-range' },
    ])
  })

  const policies = 'policies: [fcfs, {resilient: {shadows: 2}, label: two}, {resilient: {}}, {greedy: {}}]'
  const chosen = (...names: string[]) =>
    parse({ policies }, { policies: names }).scenario.policies.map(({ label }) => label)

  test('keep the entries asked for, by label, name or alias', () => {
    expect(chosen('two')).toEqual(['two'])
    expect(chosen('resilient', 'fcfs')).toEqual(['resilient', 'fcfs'])
    expect(chosen('greedy-latency')).toEqual(['greedy-latency'])
    expect(chosen('two', 'two')).toEqual(['two'])
  })

  test('a policy that is not listed is run with its defaults', () => {
    expect(chosen('sjf')).toEqual(['sjf'])
    expect(parse({ policies }, { policies: ['sjf'] }).source).toContain('policies: [sjf]')
  })

  test('an unknown one is refused in its argument', () => {
    expect(problemsOf(text(), { policies: ['fcsf'] })).toMatchObject([
      { code: 'unknown-policy', file: '--policy', hint: 'Did you mean “fcfs”?' },
    ])
  })

  test('expectations about policies that do not run are left out', () => {
    const tail = 'expect: [{metric: energy, op: <, value: 1 kWh, policy: two}, latency.p95 < 8s]'
    const loaded = parse({ policies, tail }, { policies: ['fcfs'] })
    expect(loaded.scenario.expect.map(({ metric }) => metric)).toEqual(['latency.p95'])
    expect(loaded.warnings).toMatchObject([{ code: 'unknown-reference', severity: 'warning' }])
  })
})
