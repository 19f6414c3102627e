import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import type { KubeObject } from '../../runner/clusters/paths.ts'
import { type Watch, type WatchEvent, type WatchTrouble, watch } from '../../runner/clusters/watch.ts'
import { FakeApi } from './fake-api.ts'

let folder: string
let api: FakeApi
let cluster: Cluster
let watched: Watch | null
let events: string[]
let troubles: WatchTrouble['kind'][]
let state: Map<string, string>

const take = ({ type, object, late }: WatchEvent<KubeObject & { status?: { phase: string } }>) => {
  const name = object.metadata!.name!
  events.push(`${type} ${name}${type === 'deleted' ? '' : ` ${object.status?.phase}`}${late ? ' late' : ''}`)
  if (type === 'deleted') state.delete(name)
  else state.set(name, object.status!.phase)
}

const begin = async (silentMs = 5000): Promise<void> => {
  watched = watch(cluster, {
    path: '/api/v1/pods',
    onEvent: take,
    onTrouble: ({ kind }) => troubles.push(kind),
    silentMs,
  })
  await watched.listed
}
const soon = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 10 })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fabricdt-watch-'))
  api = new FakeApi()
  await api.start()
  cluster = await connect(api.handle(folder))
  watched = null
  events = []
  troubles = []
  state = new Map()
})
afterEach(async () => {
  watched?.stop()
  cluster.close()
  await api.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('what is there is listed, what happens then is told as it happens', async () => {
  api.set('a', 'Pending')
  await begin()
  expect(events).toEqual(['added a Pending late'])
  await soon(() => expect(api.watching).toBe(1))
  api.set('a', 'Running')
  api.set('b', 'Pending')
  api.remove('a')
  await soon(() => expect(events.slice(1)).toEqual(['modified a Running', 'added b Pending', 'deleted a']))
  expect(troubles).toEqual([])
})

test('long lists come in pages', async () => {
  for (let i = 0; i < 1201; i++) api.set(`p${i}`, 'Pending')
  await begin()
  expect(state.size).toBe(1201)
  expect(api.requests.filter(request => !request.includes('watch='))).toHaveLength(3)
})

test('a watch that ends or breaks is taken up where it stopped, bookmarks count', async () => {
  await begin()
  await soon(() => expect(api.watching).toBe(1))
  api.set('a', 'Pending')
  api.bookmark()
  await soon(() => expect(events).toHaveLength(1))
  api.cut(true)
  api.set('a', 'Running')
  await soon(() => expect(events).toEqual(['added a Pending', 'modified a Running']))
  expect(troubles).toEqual(['broken'])
  const watches = api.requests.filter(request => request.includes('watch=true'))
  expect(watches.at(-1)).toContain('resourceVersion=3&')
  expect(watches.at(-1)).toContain('allowWatchBookmarks=true')
})

test('where the server has forgotten the place everything is listed anew, and told by what has changed', async () => {
  for (const name of ['same', 'changed', 'gone']) api.set(name, 'Pending')
  await begin()
  await soon(() => expect(api.watching).toBe(1))
  api.cut()
  api.set('changed', 'Running')
  api.remove('gone')
  api.set('new', 'Pending')
  api.forget()
  await soon(() =>
    expect(events.slice(3)).toEqual(['deleted gone late', 'modified changed Running late', 'added new Pending late']),
  )
  expect(troubles).toContain('gone')
})

test('a server that says nothing is given up and asked again', async () => {
  await begin(300)
  await soon(() => expect(troubles).toEqual(['silent']))
  api.set('a', 'Pending')
  await soon(() => expect(events).toEqual(['added a Pending']))
})

test('a server that restarts, or is not itself for a while, is waited for', async () => {
  await begin()
  await soon(() => expect(api.watching).toBe(1))
  await api.stop()
  api.set('a', 'Pending')
  await soon(() => expect(troubles.length).toBeGreaterThan(1))
  api.refuse = [503, 429, 500]
  await api.start()
  await soon(() => expect(events).toEqual(['added a Pending']))
  expect(watched!.heardMs()).toBeGreaterThan(Date.now() - 5000)
})

test('one that never comes does not hold up whoever stops waiting', async () => {
  await api.stop()
  watched = watch(cluster, { path: '/api/v1/pods', onEvent: take })
  const { listed } = watched
  watched.stop()
  await expect(listed).rejects.toThrow('stopped')
  await api.start()
})

test('whatever goes wrong, in the end it knows what is there', async () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const action = fc.oneof(
    fc.record({ do: fc.constant('set' as const), name, phase: fc.constantFrom('Pending', 'Running', 'Failed') }),
    fc.record({ do: fc.constant('remove' as const), name }),
    fc.record({ do: fc.constantFrom('cut' as const, 'forget' as const, 'bookmark' as const, 'pause' as const) }),
  )
  await begin()
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async actions => {
      for (const step of actions) {
        if (step.do === 'set') api.set(step.name, step.phase)
        else if (step.do === 'remove') api.objects.has(step.name) && api.remove(step.name)
        else if (step.do === 'pause') await new Promise(resolve => setTimeout(resolve, 5))
        else api[step.do]()
      }
      const there = Object.fromEntries(
        [...api.objects].map(([key, object]) => [key, (object as { status?: { phase: string } }).status!.phase]),
      )
      await soon(() => expect(Object.fromEntries(state)).toEqual(there))
    }),
    { numRuns: 20 },
  )
})
