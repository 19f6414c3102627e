import { expect, test } from 'vitest'
import { partsOf } from '../../runner/sweep/trial-hash.ts'
import { parse } from '../scenario/parse.ts'

const fabric = (network: string, cluster = '') =>
  `fabric: {clusters: [{name: lab, pool: lab, nodes: 2${cluster}}, {name: cloud, pool: lab, nodes: 1}], network: ${network}}`
const workloads = (stage: string) =>
  `workloads: [{name: jobs, origin: {cluster: lab}, arrivals: {rate: 2/s}, job: {stages: [{duration: 2s${stage}}]}}]`
const before = {
  fabric: fabric('{}'),
  workloads: workloads(''),
  tail: 'failures: [{at: 1m, link: {between: [lab, cloud]}}]',
}

// A finished trial is used again where its key is the same: whatever changes the Model must change it.
test.each<[string, Partial<typeof before>, string]>([
  ['bandwidth', { fabric: fabric('{bandwidth: 1Gbps}') }, 'fabric'],
  ['overcommit', { fabric: fabric('{}', ', overcommit: 2') }, 'fabric'],
  ['use', { workloads: workloads(', use: 2') }, 'workloads'],
  ['input', { workloads: workloads(', input: 1MB') }, 'workloads'],
  ['output', { workloads: workloads(', output: 1MB') }, 'workloads'],
  ['the way of a link', { tail: 'failures: [{at: 1m, link: {from: lab, to: cloud}}]' }, 'failures'],
  ['a trigger', { tail: `${before.tail.slice(0, -1)}, {when: availability < 1, blackout: {zone: lab}}]` }, 'failures'],
])('%s is part of the key of a trial', (_name, change, part) => {
  const key = (parts: Partial<typeof before>) => partsOf(parse({ ...before, ...parts }).scenario, 'engine')
  const [one, other] = [key({}), key(change)]
  const changed = Object.keys(one).filter(name => one[name as keyof typeof one] !== other[name as keyof typeof one])
  expect(changed).toEqual([part])
})
