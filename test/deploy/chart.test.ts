/** The chart: it lints, renders what was asked for, and refuses values that make no sense. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chart, deployFolder, everything, helm, render, whyNoHelm } from './helm.ts'

interface Rendered {
  kind: string
  metadata: { name: string; namespace?: string }
  // What is looked at is said where it is looked at.
  spec?: Record<string, unknown>
  rules?: { resources: string[]; verbs: string[] }[]
  data?: Record<string, string>
}
const rendered = (...values: string[]) => render(...values) as unknown as Rendered[]
const kinds = (objects: Rendered[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()

describe.skipIf(whyNoHelm !== null)(whyNoHelm ?? 'the chart', () => {
  test('lints, strictly', () => {
    expect(helm('lint', '--strict', chart)).toContain('1 chart(s) linted, 0 chart(s) failed')
  })

  test('by default it makes a planner that follows nothing and may nothing', () => {
    expect(kinds(rendered())).toEqual([
      'Deployment fabricdt-planner',
      'NetworkPolicy fabricdt-planner',
      'PersistentVolumeClaim fabricdt-plans',
      'PodDisruptionBudget fabricdt-planner',
      'Secret fabricdt-token',
      'Service fabricdt-planner',
      'ServiceAccount fabricdt',
    ])
    const text = JSON.stringify(rendered())
    expect(text).toContain('"automountServiceAccountToken":false')
    expect(text).not.toContain('"automountServiceAccountToken":true')
    expect(text).toContain('"egress":[]')
  })

  test('all of it is there when it is asked for', () => {
    const made = kinds(rendered(...everything))
    for (const each of [
      'Deployment fabricdt-extender',
      'Service fabricdt-extender',
      'ClusterRole fabricdt-follow',
      'ClusterRole fabricdt-executor',
      'ServiceMonitor fabricdt-planner',
      'ServiceMonitor fabricdt-extender',
      'ConfigMap fabricdt-dashboard',
      'ValidatingAdmissionPolicy fabricdt-executor',
    ])
      expect(made).toContain(each)
  })

  test('what follows clusters may list and watch nodes and pods, and no more', () => {
    const role = rendered('clusters.self=west').find(({ metadata }) => metadata.name === 'fabricdt-follow')
    expect(role?.rules).toEqual([{ apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] }])
  })

  test('no container runs as root, writes to its image or has capabilities', () => {
    const deployments = rendered(...everything).filter(({ kind }) => kind === 'Deployment')
    expect(deployments.length).toBe(2)
    for (const { spec } of deployments) {
      const pod = (spec as { template: { spec: Pod } }).template.spec
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      for (const { securityContext, livenessProbe, readinessProbe, resources } of pod.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        expect([livenessProbe.httpGet.path, readinessProbe.httpGet.path]).toEqual(['/healthz', '/readyz'])
        expect(Object.keys(resources)).toEqual(['limits', 'requests'])
      }
    }
  })
  interface Pod {
    securityContext: object
    containers: {
      securityContext: object
      livenessProbe: { httpGet: { path: string } }
      readinessProbe: { httpGet: { path: string } }
      resources: object
    }[]
  }

  test('a token is made, long enough, unless one is there', () => {
    const token = rendered().find(({ kind }) => kind === 'Secret')?.data?.token ?? ''
    expect(Buffer.from(token, 'base64').toString().length).toBe(40)
    expect(kinds(rendered('planner.existingTokenSecret=mine'))).not.toContain('Secret fabricdt-token')
    expect(JSON.stringify(rendered('planner.existingTokenSecret=mine'))).toContain('"secretName":"mine"')
  })

  test('the audit policy names its accounts', () => {
    const policy = readFileSync(join(deployFolder, 'audit/policy.yaml'), 'utf8')
    const named = new Set([...policy.matchAll(/system:serviceaccount:fabricdt:([a-z-]+)/g)].map(match => match[1]))
    const accounts = rendered(...everything).filter(({ kind }) => kind === 'ServiceAccount')
    expect([...named].sort()).toEqual(accounts.map(({ metadata }) => metadata.name).sort())
  })

  test.each([
    ['extender.enabled=true', 'name its cluster'],
    ['planner.token=short', 'planner/token'],
    ['scenario.files.other=x', 'scenario.files has no scenario.yaml'],
    ['clusters.contexts={a=b}', 'kubeconfigSecret'],
    ['planer.auditLog=true', 'planer'],
    ['planner.service.port=0', 'planner/service/port'],
  ])('refuses %s', (value, why) => {
    expect(() => render(value)).toThrow(why)
  })
})
