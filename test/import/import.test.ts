/** `fabricdt-run import` as a user meets it: files of others in, scenarios that run and traces out. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, describe, expect, test } from 'vitest'
import { wfcommons } from '../../runner/import/wfcommons.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { sharedPath } from '../shared.ts'

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const bin = fileURLToPath(new URL('../../runner/bin/fabricdt-run.mjs', import.meta.url))
const cli = (...args: string[]) =>
  execa(process.execPath, [bin, ...args], { cwd: folder, reject: false, timeout: 60_000 })

writeFileSync(
  join(folder, 'nodes.csv'),
  'sn,cpu_milli,memory_mib,gpu,model\na,64000,262144,2,P100\nb,64000,262144,2,P100\nc,96000,786432,,\n',
)
writeFileSync(
  join(folder, 'pods.csv'),
  'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n' +
    'p-1,6000,1024,1,460,,LS,Running,0,60,10\np-2,6000,1024,0,0,,LS,Running,5,65,10\np-3,6000,1024,0,0,,LS,Pending,5,65,\n',
)

describe('a trace and its nodes', () => {
  test('become a scenario that runs, with what was left out and made up', async () => {
    const { exitCode, stdout, stderr } = await cli('import', 'nodes.csv', 'pods.csv', '--out', 'openb.yaml')
    expect([exitCode, stdout]).toEqual([0, 'openb.yaml'])
    expect(stderr).toContain(
      'pods.csv: 2 jobs (openb)\n  left out: 1 jobs, never scheduled\n  dropped: gpu_spec, qos, pod_phase',
    )
    expect(readFileSync(join(folder, 'openb.yaml'), 'utf8')).toContain('# pods.csv: 2 jobs (openb)')
    const run = await cli('openb.yaml', '--json', '--no-cache')
    expect(run.exitCode).toBe(0)
    const { points } = JSON.parse(run.stdout) as {
      points: { policies: { metrics: Record<string, { mean: number }> }[] }[]
    }
    expect(points).toHaveLength(1)
    const { points: loaded } = await loadPoints(join(folder, 'openb.yaml'))
    const { clusters } = loaded[0].loaded.scenario
    expect(clusters.map(({ nodes, cpuMilli, gpu }) => [nodes, cpuMilli, gpu])).toEqual([
      [2, 64_000, 2],
      [1, 96_000, 0],
    ])
  })

  test('are not written over a file that is there', async () => {
    const { exitCode, stderr } = await cli('import', 'nodes.csv', 'pods.csv', '--out', 'pods.csv')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('pods.csv is there already')
    expect(readFileSync(join(folder, 'pods.csv'), 'utf8')).toContain('p-1,6000')
  })
})

describe('a trace', () => {
  test('goes through Parquet and comes back as CSV; a scenario reads the Parquet', async () => {
    expect((await cli('import', 'pods.csv', '--to', 'parquet', '--out', 'p.parquet')).exitCode).toBe(0)
    expect((await cli('import', 'p.parquet', '--from', 'parquet', '--to', 'csv', '--out', 'p.csv')).exitCode).toBe(0)
    expect(readFileSync(join(folder, 'p.csv'), 'utf8')).toBe(
      'id,submitTime,runTime,estimate,tasks,cpu,memory,gpu\n1,0,50,50,1,6,1073741824,0.46\n2,5,55,55,1,6,1073741824,0\n',
    )
    await cli('import', 'p.parquet', '--from', 'parquet', '--out', 'p.yaml')
    const { exitCode, stdout } = await cli('p.yaml', '--no-cache')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('4 jobs')
  })

  test('as SWF says what SWF has no place for', async () => {
    const { stderr } = await cli('import', 'pods.csv', '--to', 'swf', '--dry-run')
    expect(stderr).toContain('swf has no place for cpuMilli, gpu')
  })
})

describe('what cannot be read', () => {
  test.each([
    [['import', 'none.csv'], 'cannot read none.csv'],
    [['import', 'nodes.csv'], 'there is nothing to run in it'],
    [['import', 'pods.csv', '--from', 'opnb'], 'Did you mean “openb”?'],
    [['import', 'pods.csv', '--to', 'swff'], 'Did you mean “swf”?'],
    [['import', 'pods.csv', '--option', 'unscheduled=perhaps'], 'Allowed: skip, lifetime.'],
    [['import', 'pods.csv', '--option', 'unsheduled=skip'], 'Did you mean “unscheduled”?'],
    [['import', 'pods.csv', '--from', 'csv', '--option', 'columns={submitTime: a}'], 'not readable as JSON'],
    [['import', 'pods.csv', '--option', 'limit=0'], 'limit'],
    [['import', 'pods.csv', 'nodes.csv', '--to', 'csv'], '--to scenario'],
  ])('%j', async (args, says) => {
    const { exitCode, stderr } = await cli(...args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(says)
  })
})

describe('wfcommons', () => {
  const task = (name: string, parents: string[], input: string, output: string) => ({
    ...{ name, parents, runtime: 2, cores: 1 },
    files: [
      { name: input, link: 'input', size: 10 },
      { name: output, link: 'output', size: 20 },
    ],
  })

  test('what comes from outside is input, what a task writes is output', () => {
    const { steps } = wfcommons.read(
      { name: 'w', workflow: { tasks: [task('A one', [], 'x', 'y'), task('B', ['A one'], 'y', 'z')] } },
      'w.json',
    )
    expect(steps).toMatchObject([
      { id: 'a-one', after: [], runS: 2, inputBytes: 10, outputBytes: 20 },
      { id: 'b', after: ['a-one'], inputBytes: 0, outputBytes: 20 },
    ])
  })

  test('version 1.5 lies in two lists', () => {
    const { steps } = wfcommons.read(
      {
        workflow: {
          specification: {
            tasks: [{ name: 'a', id: 'a1', parents: [], inputFiles: ['x'], outputFiles: ['y'] }],
            files: [
              { id: 'x', sizeInBytes: 3 },
              { id: 'y', sizeInBytes: 4 },
            ],
          },
          execution: { tasks: [{ id: 'a1', runtimeInSeconds: 7, coreCount: 2 }] },
        },
      },
      'w.json',
    )
    expect(steps).toMatchObject([{ id: 'a', runS: 7, cores: 2, inputBytes: 3, outputBytes: 4 }])
  })

  test('a parent that is not there is told', () => {
    expect(() => wfcommons.read({ workflow: { tasks: [task('a', ['q'], 'x', 'y')] } }, 'w.json')).toThrow(
      'w.json: task a has a parent “q” that is not there',
    )
  })
})

const data = sharedPath('data')
describe.skipIf(data === null)(`real files${data === null ? ' (../shared/data is absent)' : ''}`, () => {
  test.each([
    ['alibaba-openb/openb_pod_list_default.csv.gz', 'openb', [], '7255 jobs', '897 jobs, never scheduled'],
    ['gaia-jobs/pai_1k.csv', 'gaia', ['--option', 'timeUnit=s'], '1000 jobs', ''],
    ['ecsched/Input', 'ecsched', ['--from', 'ecsched'], '85 jobs', ''],
    ['azure-llm/AzureLLMInferenceTrace_conv.csv.gz', 'azure-llm', [], '19366 jobs', 'invented for 19366 jobs'],
    ['surf-opendt/tasks.csv.gz', 'opendc', ['--option', 'hostCores=16'], '7850 jobs', 'invented for 9 jobs'],
    ['swf-pwa/KTH-SP2-1996-2.1-cln.swf.gz', 'swf', [], '27992 jobs', ''],
    ['wfcommons-workflows/opendc_wfformat_trace.json', 'wfcommons', [], 'a workflow of', ''],
    ['wfcommons-workflows/1000genome-chameleon-16ch-250k-001.json.gz', 'wfcommons', [], 'a workflow of 656 stages', ''],
  ])('%s', async (file, _format, options, count, more) => {
    const { exitCode, stderr } = await cli('import', join(data!, file), ...options, '--out', 'real.yaml', '--force')
    expect(stderr).toContain(count)
    expect(stderr).toContain(more)
    expect(exitCode).toBe(0)
    await loadPoints(join(folder, 'real.yaml'))
  })
})
