/** A real API server takes all of deploy/, and holds the chart's accounts to what they are for. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { V1Node } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { outcomes } from '../../engine/result.ts'
import { isStatus } from '../../runner/clusters/api-error.ts'
import { binaryFolder, buildCommand } from '../../runner/clusters/binaries.ts'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { planFabric } from '../../runner/clusters/fabric-plan.ts'
import { up } from '../../runner/clusters/fabrics.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { type KubeObject, pathOf } from '../../runner/clusters/paths.ts'
import { until } from '../../runner/clusters/pause.ts'
import { findProvider } from '../../runner/clusters/providers/index.ts'
import { clusterFolder } from '../../runner/clusters/state.ts'
import { executeSweep } from '../../runner/execute/execute-sweep.ts'
import { Following } from '../../runner/live/follow.ts'
import { liveHandles } from '../../runner/live/handles.ts'
import { LiveState } from '../../runner/live/live-state.ts'
import { PlanningFabric } from '../../runner/plan/fabric.ts'
import { levelsOf } from '../../runner/plan/levels.ts'
import { loadScenario } from '../../runner/scenario/load.ts'
import { loadPoints } from '../../runner/scenario/load-points.ts'
import { beginState, scenarioFile, smallPlan, whyNot } from '../cluster/fabric.ts'
import { chart, deployFolder, everything, helm, objectsOf, render, whyNoHelm } from './helm.ts'

const crds = join(binaryFolder(), 'crds')
const kwok = findProvider('kwok')!
const why = (await whyNot(kwok)) ?? whyNoHelm ?? (existsSync(crds) ? null : `no ${crds}; ${buildCommand()}`)

/** What is not for the API server: formats of other programs. */
const elsewhere = ['audit/', 'helm/', 'kwok/', 'scheduler/']

const plain = readdirSync(deployFolder, { recursive: true, encoding: 'utf8' }).filter(
  file => file.endsWith('.yaml') && !elsewhere.some(folder => file.startsWith(folder)),
)

describe.skipIf(why !== null)(why ?? 'deploy/ on a real API server', () => {
  let state: ReturnType<typeof beginState>
  let folder: string
  let admin: Cluster
  let nodeName: string
  const clients: Cluster[] = []

  beforeAll(async () => {
    state = beginState()
    folder = mkdtempSync(join(tmpdir(), 'fabricdt-deploy-'))
    const plan = await smallPlan(state.folder, 'deployed')
    const [handle] = await up({ ...plan, clusters: plan.clusters.slice(0, 1) }, kwok, { say: () => {} })
    admin = await connect(handle)
    nodeName = plan.clusters[0].nodes[0]
    for (const file of readdirSync(crds))
      for (const object of objectsOf(readFileSync(join(crds, file), 'utf8'))) await admin.apply(object)
    for (const name of ['fabricdt', 'fabricdt-netem', 'others']) await admin.apply(namespace(name, {}))
    for (const object of render(...everything)) await retried(() => admin.apply(object))
  }, 180_000)
  afterAll(async () => {
    vi.unstubAllEnvs()
    for (const client of clients) client.close()
    admin?.close()
    await state?.end()
    if (folder !== undefined) rmSync(folder, { recursive: true })
  })

  test('it takes the chart with its defaults, strictly', async () => {
    for (const object of render()) await admin.apply(object, { dryRun: true })
  })

  test('it takes the chart that follows other clusters', async () => {
    const values = [
      'clusters.kubeconfigSecret=others',
      'clusters.contexts={west=one,east=two}',
      'extender.enabled=true',
    ]
    for (const object of render(...values, 'extender.cluster=east')) await admin.apply(object, { dryRun: true })
  })

  test('helm installs it, keeps its token when it is upgraded, and leaves the plans when it goes', async () => {
    const where = ['--kubeconfig', admin.handle.kubeconfig, '--namespace', 'installed']
    const tokenOf = async () => {
      const path = pathOf('v1', 'Secret', 'installed', 'mine-fabricdt-token')
      return (await admin.call<{ data: { token: string } }>('GET', path)).data.token
    }
    const notes = helm('install', 'mine', chart, ...where, '--create-namespace')
    expect(notes).toContain('service/mine-fabricdt-planner 8080:8080')
    const token = await tokenOf()
    const upgraded = helm('upgrade', 'mine', chart, ...where, '--set', 'clusters.self=east,extender.enabled=true')
    expect(upgraded).toContain('urlPrefix: http://mine-fabricdt-extender.installed.svc:8090/extender')
    expect(await tokenOf()).toBe(token)
    helm('uninstall', 'mine', ...where)
    const path = pathOf('v1', 'PersistentVolumeClaim', 'installed')
    const { items } = await admin.call<{ items: KubeObject[] }>('GET', path)
    expect(items.map(({ metadata }) => metadata?.name)).toEqual(['mine-fabricdt-plans'])
    const follow = 'mine-fabricdt-follow'
    const gone = admin.call('GET', pathOf('rbac.authorization.k8s.io/v1', 'ClusterRole', undefined, follow))
    await expect(gone).rejects.toMatchObject({ status: 404 })
  }, 60_000)

  test.each(plain)('it takes %s, strictly', async file => {
    for (const object of objectsOf(readFileSync(join(deployFolder, file), 'utf8')))
      await retried(() => admin.apply(object, { dryRun: true }))
  })

  describe('who follows', () => {
    let follower: Cluster
    beforeAll(async () => {
      follower = await as('fabricdt')
    })

    test('may list and watch nodes and pods', async () => {
      const { items } = await follower.call<{ items: unknown[] }>('GET', pathOf('v1', 'Node'))
      expect(items.length).toBe(3)
      await follower.call('GET', pathOf('v1', 'Pod'))
      const query = { watch: true, timeoutSeconds: 1 }
      for (const kind of ['Node', 'Pod']) (await follower.open(pathOf('v1', kind), { query })).destroy()
    })

    test('follows by the kubeconfig of the chart', async () => {
      const map = render('clusters.self=east').find(({ metadata }) => metadata?.name === 'fabricdt-self')
      // Where a pod finds its account, and the server.
      const place = '/var/run/secrets/kubernetes.io/serviceaccount'
      const [own] = configOf(follower.handle.kubeconfig)
      const { server } = own.clusters[0].cluster
      const made = clusterFolder('deployed', 'east')
      const authority = readdirSync(made, { recursive: true, encoding: 'utf8' }).find(file => file.endsWith('/ca.crt'))
      writeFileSync(join(folder, 'ca.crt'), readFileSync(join(made, String(authority))))
      writeFileSync(join(folder, 'token'), own.users[0].user.token)
      const text = String((map as { data?: { kubeconfig?: string } }).data?.kubeconfig)
      expect(text).toContain(`${place}/token`)
      const kubeconfig = join(folder, 'self')
      writeFileSync(kubeconfig, text.replaceAll(place, folder).replace('https://kubernetes.default.svc', server))
      vi.stubEnv('KUBECONFIG', kubeconfig)
      const { scenario } = await loadScenario(scenarioFile(state.folder, 'deployed'))
      const handles = await liveHandles(scenario, { context: ['east=east'] })
      const following = new Following()
      const live = new LiveState(new PlanningFabric(scenario))
      try {
        const troubles: string[] = []
        await following.add(handles.clusters[0], { state: live, onTrouble: (_, { message }) => troubles.push(message) })
        await until(async () => (following.missing === null ? true : null), { withinMs: 10_000 })
        expect(troubles).toEqual([])
        expect(following.missing).toBeNull()
        expect(levelsOf(live.fabric)[0]).toMatchObject({ name: 'east', ready: 3 })
      } finally {
        following.close()
        await handles.forget()
      }
    })

    test('may nothing else', async () => {
      const allowed = await allowedOf('fabricdt')
      expect(allowed).toEqual(['list nodes', 'watch nodes', 'list pods', 'watch pods'])
      await refused(follower, 'GET', pathOf('v1', 'Secret', 'fabricdt', 'fabricdt-token'))
      await refused(follower, 'GET', pathOf('v1', 'Node', undefined, nodeName))
      await refused(follower, 'DELETE', pathOf('v1', 'Pod', 'others', 'any'))
      await refused(follower, 'POST', pathOf('batch/v1', 'Job', 'others'), job('others'))
      await refused(follower, 'PATCH', pathOf('v1', 'Node', undefined, nodeName), { spec: { unschedulable: true } })
    })
  })

  describe('who executes', () => {
    let executor: Cluster
    beforeAll(async () => {
      executor = await as('fabricdt-executor')
      // The guard is there a moment after it was made.
      const query = { dryRun: 'All' }
      const isGuarded = await until(
        () =>
          executor.call('POST', pathOf('v1', 'Namespace'), { body: namespace('not-ours', {}), query }).then(
            () => null,
            () => true as const,
          ),
        { withinMs: 30_000, everyMs: 500 },
      )
      expect(isGuarded).toBe(true)
    }, 60_000)

    test('may do in a namespace of its own what a run does', async () => {
      await executor.apply(namespace('run', ours))
      await executor.apply(job('run'))
      await executor.call('GET', pathOf('batch/v1', 'Job', 'run'))
      const found = await until(
        async () => {
          const { items } = await executor.call<{ items: KubeObject[] }>('GET', pathOf('v1', 'Pod', 'run'))
          return items.length > 0 ? items : null
        },
        { withinMs: 20_000 },
      )
      const pod = String(found?.[0].metadata?.name)
      await executor.call('DELETE', pathOf('v1', 'Pod', 'run', pod), { query: { gracePeriodSeconds: 0 } })
      await executor.call('DELETE', pathOf('v1', 'Pod', 'run'), { query: { gracePeriodSeconds: 0 } })
      await executor.call('DELETE', pathOf('batch/v1', 'Job', 'run', 'work'))
      await executor.call('GET', pathOf('node.k8s.io/v1', 'RuntimeClass'))
      await executor.call('GET', '/readyz')
      await executor.call('DELETE', pathOf('v1', 'Namespace', undefined, 'run'))
    })

    test('may cordon and taint a node, and put it back', async () => {
      const path = pathOf('v1', 'Node', undefined, nodeName)
      const taints = [{ key: 'fabricdt.io/blackout', effect: 'NoExecute' }]
      await executor.call('PATCH', path, { body: { spec: { unschedulable: true, taints } } })
      const { spec } = await executor.call<{ spec: object }>('GET', path)
      expect(spec).toMatchObject({ unschedulable: true })
      // The control plane marks it, too, a moment later: put back before that, both would write to it at once.
      await expectClosedNodes(['fabricdt.io/blackout', 'node.kubernetes.io/unschedulable', 'cordoned'])
      await executor.call('PATCH', path, { body: { spec: { unschedulable: null, taints: null } } })
      await expectClosedNodes([])
    })

    test('executes a scenario with a blackout, and takes all of it away', { timeout: 120_000 }, async () => {
      vi.stubEnv('KUBECONFIG', executor.handle.kubeconfig)
      const file = join(state.folder, 'by-account.yaml')
      writeFileSync(file, executedScenario)
      const sweep = await loadPoints(file)
      const plan = planFabric(sweep.points[0].loaded.scenario)
      await up(plan, findProvider('context')!, { say: () => {}, options: { east: 'fabricdt-executor' } })
      const { observations } = await executeSweep(sweep, {
        ...{ mode: 'execute', provider: 'context', runId: 'by-account', image: 'none', say: () => {} },
        predict: { threads: 1, signal: new AbortController().signal, cache: null },
      })
      const [{ jobs, failures }] = observations
      expect([...jobs.outcome]).toEqual(Array(8).fill(outcomes.indexOf('completed')))
      expect(failures[0].injectedS).not.toBeNull()
      expect(failures[0].recoveredS).not.toBeNull()
      expect(new Journal('by-account').open()).toEqual([])
      await expectClosedNodes([])
    })

    test('may touch nothing of others, though its role names the kinds', async () => {
      await admin.apply(job('others'))
      await refused(executor, 'POST', pathOf('v1', 'Namespace'), namespace('not-ours', {}))
      await refused(executor, 'DELETE', pathOf('v1', 'Namespace', undefined, 'others'))
      // Not even by calling it ours first.
      await refused(executor, 'PATCH', pathOf('v1', 'Namespace', undefined, 'others'), { metadata: { labels: ours } })
      await refused(executor, 'DELETE', pathOf('batch/v1', 'Job', 'others', 'work'))
      await refused(executor, 'POST', pathOf('batch/v1', 'Job', 'others'), job('others', 'mine'))
      const node = pathOf('v1', 'Node', undefined, nodeName)
      await refused(executor, 'PATCH', node, { metadata: { labels: { 'fabricdt.io/pool': 'other' } } })
      const taints = [{ key: 'dedicated', effect: 'NoSchedule' }]
      await refused(executor, 'PATCH', node, { spec: { taints } })
    })

    test('may nothing else', async () => {
      expect(await allowedOf('fabricdt-executor')).toEqual([
        'get nodes',
        'list nodes',
        'watch nodes',
        'patch nodes',
        'list pods',
        'watch pods',
        'delete pods',
        'deletecollection pods',
        'get namespaces',
        'list namespaces',
        'create namespaces',
        'patch namespaces',
        'delete namespaces',
        'list batch/jobs',
        'watch batch/jobs',
        'create batch/jobs',
        'patch batch/jobs',
        'delete batch/jobs',
        'list node.k8s.io/runtimeclasses',
        'list metrics.k8s.io/nodes',
        'list metrics.k8s.io/pods',
      ])
      await refused(executor, 'GET', pathOf('v1', 'Secret', 'fabricdt', 'fabricdt-token'))
      await refused(executor, 'GET', `${pathOf('v1', 'Node', undefined, nodeName)}/proxy/metrics/cadvisor`)
      await refused(executor, 'DELETE', pathOf('v1', 'Node', undefined, nodeName))
    })
  })

  const ours = { 'app.kubernetes.io/managed-by': 'fabricdt' }
  const namespace = (name: string, labels: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  })
  const job = (where: string, name = 'work'): KubeObject & { spec: object } => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: where },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a' }] } } },
  })

  /** Taints and cordons of all nodes: the control plane puts its own mark of a cordon there, and takes it away, a moment later. */
  async function expectClosedNodes(marks: string[]): Promise<void> {
    const closed = async () => {
      const { items } = await admin.call<{ items: V1Node[] }>('GET', pathOf('v1', 'Node'))
      return items.flatMap(({ spec }) => [
        ...(spec?.taints ?? []).map(({ key }) => key),
        ...(spec?.unschedulable ? ['cordoned'] : []),
      ])
    }
    await until(async () => ((await closed()).length === marks.length ? true : null), { withinMs: 30_000 })
    expect((await closed()).sort()).toEqual([...marks].sort())
  }

  /** A client with a token of the account alone. */
  async function as(account: string): Promise<Cluster> {
    const path = `${pathOf('v1', 'ServiceAccount', 'fabricdt', account)}/token`
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } }
    const { status } = await admin.call<{ status: { token: string } }>('POST', path, { body })
    const kubeconfig = join(folder, account)
    writeFileSync(kubeconfig, kubeconfigOf(account, status.token), { mode: 0o600 })
    const client = await connect({ ...admin.handle, kubeconfig, context: account })
    clients.push(client)
    return client
  }

  /** The same server, and of the administrator's credentials none. */
  function kubeconfigOf(name: string, token: string): string {
    const [config] = configOf(admin.handle.kubeconfig)
    const cluster = config.clusters[0].name
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: config.clusters,
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster, user: name } }],
      'current-context': name,
    })
  }

  /** All of these that the account may, in any namespace, by what the API server says. */
  async function allowedOf(account: string): Promise<string[]> {
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']
    const resources = [
      ...['nodes', 'nodes/proxy', 'nodes/status', 'pods', 'pods/exec', 'pods/log', 'pods/eviction', 'namespaces'],
      ...[
        'secrets',
        'configmaps',
        'serviceaccounts',
        'serviceaccounts/token',
        'services',
        'events',
        'persistentvolumes',
      ],
      ...['batch/jobs', 'batch/cronjobs', 'apps/deployments', 'apps/daemonsets', 'node.k8s.io/runtimeclasses'],
      ...['metrics.k8s.io/nodes', 'metrics.k8s.io/pods', 'services/proxy'],
      ...['rbac.authorization.k8s.io/clusterroles', 'rbac.authorization.k8s.io/clusterrolebindings'],
      ...['admissionregistration.k8s.io/validatingadmissionpolicies', 'coordination.k8s.io/leases'],
    ]
    const asked = resources.flatMap(resource => verbs.map(verb => ({ verb, resource })))
    const answers = await Promise.all(asked.map(each => mayI(account, each)))
    return asked.filter((_, i) => answers[i]).map(({ verb, resource }) => `${verb} ${resource}`)
  }

  async function mayI(account: string, { verb, resource }: { verb: string; resource: string }): Promise<boolean> {
    const inGroup = /^([a-z0-9.]*)\/([a-z]+)$/.exec(resource)
    const isCore = inGroup === null || ['nodes', 'pods', 'services', 'serviceaccounts'].includes(inGroup[1])
    const [name, subresource] = isCore ? resource.split('/') : [inGroup[2]]
    const group = isCore ? '' : inGroup[1]
    const spec = {
      user: `system:serviceaccount:fabricdt:${account}`,
      groups: ['system:serviceaccounts', 'system:serviceaccounts:fabricdt', 'system:authenticated'],
      resourceAttributes: { verb, group, resource: name, ...(subresource ? { subresource } : {}) },
    }
    const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec }
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
    return (await admin.call<{ status: { allowed: boolean } }>('POST', path, { body })).status.allowed
  }
})

interface Kubeconfig {
  clusters: { name: string; cluster: { server: string } }[]
  users: { user: { token: string } }[]
}
const configOf = (file: string): Kubeconfig[] => objectsOf(readFileSync(file, 'utf8')) as unknown as Kubeconfig[]

/** On the nodes that the cluster has. */
const executedScenario = `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: by-account }
spec:
  seed: 7
  fabric:
    pools: { small: { cpu: 4, memory: 8Gi, detection: 6s, power: { idle: 10W, busy: 20W } } }
    clusters: [{ name: east, pool: small, zone: eu-1, nodes: 3, arch: arm64 }]
  workloads:
    - name: jobs
      origin: { cluster: east }
      arrivals: { rate: 1/s, maxJobs: 8 }
      job: { retries: 3, stages: [{ cpu: 1, duration: 3s }] }
  policies: [greedy-latency]
  failures: [{ at: 4s, for: 4s, blackout: { zone: eu-1 } }]
`

/** That the server answers 403. */
async function refused(cluster: Cluster, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) {
  const answer = cluster.call(method, path, body === undefined ? {} : { body })
  const error = await answer.then(
    () => null,
    (caught: unknown) => caught,
  )
  expect(isStatus(error, 403), `${method} ${path}: ${error === null ? 'allowed' : String(error)}`).toBe(true)
}

/** A kind is served a moment after its definition was applied. */
async function retried(apply: () => Promise<unknown>): Promise<void> {
  let error: unknown = null
  const done = await until(
    () =>
      apply().then(
        () => true as const,
        (caught: unknown) => {
          error = caught
          if (!isStatus(caught, 404)) throw caught
          return null
        },
      ),
    { withinMs: 20_000, everyMs: 250 },
  )
  if (done === null) throw error
}
