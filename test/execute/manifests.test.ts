/** Jobs as they are applied. */
import type { V1Job } from '@kubernetes/client-node'
import { describe, expect, it } from 'vitest'
import type { LiveAttempt } from '../../engine/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import { jobRenderer } from '../../runner/execute/manifests.ts'
import { jobName, labelValue } from '../../runner/execute/names.ts'
import { foreignImage, workerImage } from '../../runner/execute/worker-image.ts'
import { parse } from '../scenario/parse.ts'

const attemptOf = (more: Partial<LiveAttempt> = {}): LiveAttempt => ({
  ...{
    slot: 0,
    workload: 0,
    ordinal: 17,
    stage: 0,
    stageClass: 0,
    number: 2,
    origin: 1,
    nodes: [{ node: 0, tasks: 1 }],
  },
  ...{ launchS: 5, startupS: 1.5, runS: 2.25, faulty: false, deadlineS: Number.POSITIVE_INFINITY },
  ...more,
})

/** A job on the one node of `cloud`, or on the two of `lab`. */
async function jobOf(job: string, attempt: Partial<LiveAttempt> = {}, { scaling = 100, pool = 'lab' } = {}, entry = 0) {
  const { scenario } = parse({
    fabric: `fabric:
    clusters:
      - {name: cloud, pool: datacenter, nodes: 1}
      - {name: lab, pool: ${pool}, nodes: 2}
    network: {latency: 20ms}`,
    workloads: `workloads:\n    - {name: jobs, origin: {cluster: lab}, arrivals: {rate: 2/s}, job: ${job}}`,
    tail: `scaling: ${scaling}`,
  })
  const { model } = compile(scenario)
  const render = await jobRenderer({
    ...{ scenario, model, namespace: 'ns', labels: { 'fabricdt.io/run-id': 'r' }, image: 'image:1' },
    runtimeClasses: () => new Set(['fabricdt-wasm', 'fabricdt-emulated']),
    nodeNameOn: (_, name) => `real-${name}`,
  })
  return render(attemptOf(attempt), entry, 10) as unknown as V1Job
}

describe('the Job of an attempt', () => {
  const plain = '{stages: [{id: run, cpu: 2, memory: 1Gi, duration: 2s}]}'

  it('names, labels and pins what it runs, and asks for what was scaled', async () => {
    const { metadata, spec } = await jobOf(plain)
    expect(metadata).toEqual({
      name: 'jobs-17-run-2',
      namespace: 'ns',
      labels: {
        'fabricdt.io/run-id': 'r',
        'fabricdt.io/workload': 'jobs',
        'fabricdt.io/job': '17',
        'fabricdt.io/stage': 'run',
        'fabricdt.io/attempt': '2',
      },
      annotations: {
        'fabricdt.io/startup': '1500ms',
        'kwok.x-k8s.io/usage-cpu': '20m',
        'kwok.x-k8s.io/usage-memory': '10737418',
        'fabricdt.io/duration': '2250ms',
        'fabricdt.io/exit-code': '0',
        'fabricdt.io/origin': 'lab',
        'fabricdt.io/declared': '{"cpuMilli":2000,"memoryBytes":1073741824,"gpuMilli":0}',
        'fabricdt.io/mode': 'native',
      },
    })
    expect(spec).toMatchObject({ parallelism: 1, completions: 1, backoffLimit: 0 })
    expect(spec).not.toHaveProperty('activeDeadlineSeconds')
    const pod = spec!.template
    expect([pod.metadata!.labels, pod.metadata!.annotations]).toEqual([metadata!.labels, metadata!.annotations])
    const [term] = pod.spec!.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms
    expect(term).toEqual({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['real-cloud-node-01'] }] })
    const [container] = pod.spec!.containers
    expect(container.resources).toEqual({
      requests: { cpu: '20m', memory: '10737418' },
      limits: { cpu: '20m', memory: '10737418' },
    })
    expect(container.args).toEqual(['--for', '2250ms', '--cpu', '20m', '--memory', '10737418'])
  })

  it('a CPU limit is not below what a quota can hold; the request is', async () => {
    const { spec } = await jobOf('{stages: [{cpu: 500m, duration: 2s}]}')
    const { requests, limits } = spec!.template.spec!.containers[0].resources!
    expect([requests!.cpu, limits!.cpu]).toEqual(['5m', '10m'])
  })

  it('a gang has as many pods as tasks on the node, and a Job for each further one', async () => {
    const gang = { nodes: [{ node: 1, tasks: 3 }, { node: 2, tasks: 2 }] } // biome-ignore format: one line
    const job = '{stages: [{id: mpi, tasks: 5, cpu: 1, duration: 2s}]}'
    const [first, second] = await Promise.all([jobOf(job, gang), jobOf(job, gang, {}, 1)])
    expect([first, second].map(({ metadata, spec }) => [metadata!.name, spec!.parallelism, spec!.completions])).toEqual(
      [
        ['jobs-17-mpi-2', 3, 3],
        ['jobs-17-mpi-2-n1', 2, 2],
      ],
    )
  })

  it('a job that is cancelled when it is late is so without the runner too', async () => {
    const job = '{deadline: 30s, onMiss: cancel, stages: [{cpu: 1, duration: 2s}]}'
    expect((await jobOf(job, { deadlineS: 31.5 })).spec!.activeDeadlineSeconds).toBe(22)
    expect((await jobOf(job, { deadlineS: 9 })).spec!.activeDeadlineSeconds).toBe(1)
    const late = await jobOf('{deadline: 30s, stages: [{cpu: 1, duration: 2s}]}', { deadlineS: 31.5 })
    expect(late.spec).not.toHaveProperty('activeDeadlineSeconds')
  })

  it('a fault that was drawn is given, as is the architecture', async () => {
    const { metadata, spec } = await jobOf('{stages: [{cpu: 1, duration: 2s, arch: [amd64]}]}', { faulty: true })
    expect(metadata!.annotations).toMatchObject({ 'fabricdt.io/exit-code': '1' })
    expect(spec!.template.spec!.containers[0].args!.slice(-2)).toEqual(['--exit-code', '1'])
    const [term] =
      spec!.template.spec!.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms
    expect(term.matchExpressions).toEqual([{ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }])
  })

  it('what it asks of others is asked of the scheduler as far as that sees them', async () => {
    const term = (key: string) => `{labelSelector: {matchLabels: {app: web}}, topologyKey: ${key}}`
    const stage = `{duration: 2s, labels: {app: web}, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [${term('kubernetes.io/hostname')}, ${term('fabricdt.io/pool')}]}},
      topologySpreadConstraints: [{maxSkew: 2, topologyKey: kubernetes.io/hostname, labelSelector: {matchExpressions: [{key: app, operator: Exists}]}}]}`
    const { spec } = await jobOf(`{stages: [${stage}]}`, {}, { pool: 'datacenter' })
    const { affinity, topologySpreadConstraints } = spec!.template.spec!
    expect(spec!.template.metadata!.labels).toMatchObject({ app: 'web', 'fabricdt.io/workload': 'jobs' })
    expect(affinity!.podAntiAffinity!.requiredDuringSchedulingIgnoredDuringExecution).toEqual([
      {
        topologyKey: 'kubernetes.io/hostname',
        labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
      },
    ])
    expect(topologySpreadConstraints).toEqual([
      {
        maxSkew: 2,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        nodeTaintsPolicy: 'Ignore',
        labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      },
    ])
    const alone = (await jobOf('{stages: [{duration: 2s}]}')).spec!.template.spec!
    expect(alone).not.toHaveProperty('topologySpreadConstraints')
    expect(alone.affinity).not.toHaveProperty('podAntiAffinity')
  })

  it('what runs as wasm or emulated is said, with its runtime class where the cluster has it', async () => {
    const on = (stage: string) => jobOf(`{stages: [{cpu: 1, memory: 64Mi, duration: 2s, ${stage}}]}`, { nodes: [{ node: 1, tasks: 1 }] }, { pool: 'edge' }) // biome-ignore format: one line
    const wasm = await on('formats: [wasm]')
    expect(wasm.metadata!.annotations).toMatchObject({ 'fabricdt.io/mode': 'wasm' })
    expect(wasm.spec!.template.spec!.runtimeClassName).toBe('fabricdt-wasm')
  })

  it('what is emulated is of its own architecture, and leaves the emulator its memory', async () => {
    const pool = 'edge, arch: amd64, formats: [native, emulated]'
    const stage = '{stages: [{cpu: 1, memory: 64Mi, duration: 2s, arch: [arm64]}]}'
    const { metadata, spec } = await jobOf(stage, { nodes: [{ node: 1, tasks: 1 }] }, { pool, scaling: 2 })
    expect(metadata!.annotations).toMatchObject({ 'fabricdt.io/mode': 'emulated' })
    const { runtimeClassName, affinity, containers } = spec!.template.spec!
    expect(runtimeClassName).toBe('fabricdt-emulated')
    const [term] = affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms
    expect(term).not.toHaveProperty('matchExpressions')
    expect(containers[0].args!.slice(-2)).toEqual(['--memory', String((32 - 24) * 1024 * 1024)])
    expect(containers[0].image).toBe('image:1')
    expect(foreignImage(workerImage(), 'arm64')).toBe(`${workerImage()}-arm64`)
  })
})

describe('names', () => {
  const modelNamed = (workload: string) => ({ workloads: { names: [workload] }, stages: { ids: ['s'] } }) as never

  it('are short enough for pods, and different for different attempts', () => {
    const long = 'w'.repeat(60)
    const names = [0, 1].flatMap(entry => [1, 2].map(number => jobName(modelNamed(long), attemptOf({ number }), entry)))
    expect(new Set(names).size).toBe(4)
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,51}$/)
  })

  it('hold no more than Kubernetes takes', () => {
    expect(jobName(modelNamed('Éclair_1'), attemptOf(), 0)).toMatch(/^[a-z0-9-]+-[0-9a-f]{8}$/)
    expect([labelValue('a b/c'), labelValue('-x-'), labelValue('y'.repeat(70)).length]).toEqual(['a-b-c', 'x', 63])
  })
})
