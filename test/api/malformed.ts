/** Requests that are wrong, each with where and what is to be said. Bodies are made from the issue's by a change. */
import { issueBody } from '../plan/fixtures.ts'

export interface Malformed {
  readonly title: string
  readonly body: string
  readonly type?: string
  readonly status: number
  /** Pointers of the offending places, in any order. */
  readonly pointers: readonly string[]
  /** Something of what is told there. */
  readonly says: RegExp
}

type Json = Record<string, unknown>
interface Editable {
  job: { metadata: Json & { origin: Json }; spec: { stages: (Json & { compute: Json; constraints: Json })[] } }
  [name: string]: unknown
}

const changed = (change: (body: Editable) => void): string => {
  const body = JSON.parse(issueBody) as Editable
  change(body)
  return JSON.stringify(body)
}
const stage = '#/job/spec/stages/0'
const wrong = (
  title: string,
  pointers: string | string[],
  says: RegExp,
  change: (body: Editable) => void,
): Malformed => ({
  title,
  body: changed(change),
  status: 422,
  pointers: [pointers].flat(),
  says,
})
const raw = (
  title: string,
  body: string,
  status: number,
  pointers: string[],
  says: RegExp,
  type?: string,
): Malformed => ({
  title,
  body,
  status,
  pointers,
  says,
  ...(type === undefined ? {} : { type }),
})

export const malformed: readonly Malformed[] = [
  raw('no JSON', '{"job": ', 400, ['#'], /JSON/),
  raw('a single quote', "{'job': {}}", 400, ['#'], /JSON/),
  raw('what would change prototypes', '{"job": {}, "__proto__": {"a": 1}}', 400, ['#'], /__proto__/),
  raw('an empty body', '', 422, ['#'], /expected a mapping/),
  raw('another media type', issueBody, 415, [], /media type/, 'text/plain'),
  raw('a megabyte', JSON.stringify({ job: 'x'.repeat(1_000_000) }), 413, [], /too large/),
  raw('a list', '[]', 422, ['#'], /expected a mapping/),
  raw('null', 'null', 422, ['#'], /expected a mapping/),
  raw('no job', '{"strategy": "greedy"}', 422, ['#'], /lacks “job”/),
  wrong('a misspelt field', `#/strateg`, /Did you mean “strategy”/, body => {
    body.strateg = body.strategy
    delete body.strategy
  }),
  wrong('a misspelt strategy', '#/strategy', /Did you mean “greedy”/, body => {
    body.strategy = 'gredy'
  }),
  wrong('a strategy that is a number', '#/strategy', /expected text/, body => {
    body.strategy = 7
  }),
  wrong('an option that the strategy lacks', '#/options/shadow', /unknown field “shadow”/, body => {
    Object.assign(body, { strategy: 'resilient', options: { shadow: 1 } })
  }),
  wrong('an option out of range', '#/options/shadows', /at (least|most)/, body => {
    Object.assign(body, { strategy: 'resilient', options: { shadows: -1 } })
  }),
  wrong('hold as text', '#/hold', /true or false/, body => {
    body.hold = 'yes'
  }),
  wrong('no name', '#/job/metadata', /lacks “name”/, body => {
    delete body.job.metadata.name
  }),
  wrong('a name with capitals', '#/job/metadata/name', /not a valid name/, body => {
    body.job.metadata.name = 'Test Job'
  }),
  wrong('a deadline with a unit', '#/job/metadata/deadline_ms', /expected a number/, body => {
    body.job.metadata.deadline_ms = '10s'
  }),
  wrong('a negative deadline', '#/job/metadata/deadline_ms', /at least 0/, body => {
    body.job.metadata.deadline_ms = -1
  }),
  wrong('an unknown cluster', '#/job/metadata/origin/cluster', /Did you mean “edge-microdc”/, body => {
    body.job.metadata.origin.cluster = 'edge-microcd'
  }),
  wrong('an unknown node', '#/job/metadata/origin/node', /edge-node-01 to edge-node-40/, body => {
    body.job.metadata.origin.node = 'edge-node-41'
  }),
  wrong('a node by another spelling', '#/job/metadata/origin/node', /no node “edge-node-1”/, body => {
    body.job.metadata.origin.node = 'edge-node-1'
  }),
  wrong('no stages', '#/job/spec/stages', /is empty/, body => {
    body.job.spec.stages = []
  }),
  wrong('too many stages', '#/job/spec/stages', /65 items/, body => {
    body.job.spec.stages = Array.from({ length: 65 }, (_, i) => ({ ...body.job.spec.stages[0], id: `s${i}` }))
  }),
  wrong('no compute', stage, /lacks “compute”/, body => {
    delete (body.job.spec.stages[0] as Json).compute
  }),
  wrong('cores as a Kubernetes quantity', `${stage}/compute/cpu`, /expected a number/, body => {
    body.job.spec.stages[0].compute.cpu = '500m'
  }),
  wrong('negative memory', `${stage}/compute/mem_gb`, /at least 0/, body => {
    body.job.spec.stages[0].compute.mem_gb = -1
  }),
  wrong('one and a half GPUs', `${stage}/compute/gpu`, /a part of one GPU, or whole ones/, body => {
    body.job.spec.stages[0].compute.gpu = 1.5
  }),
  wrong('a duration that is text', `${stage}/compute/duration_ms`, /expected a number or a mapping/, body => {
    body.job.spec.stages[0].compute.duration_ms = '2s'
  }),
  wrong('an unknown distribution', `${stage}/compute/duration_ms/lognormel`, /Did you mean “lognormal”/, body => {
    body.job.spec.stages[0].compute.duration_ms = { lognormel: { mean: 2, cv: 1 } }
  }),
  wrong('a distribution without a parameter', `${stage}/compute/duration_ms/lognormal`, /lacks “cv”/, body => {
    body.job.spec.stages[0].compute.duration_ms = { lognormal: { mean: 2 } }
  }),
  wrong('min above max', `${stage}/compute/duration_ms/uniform/max`, /max is less than min/, body => {
    body.job.spec.stages[0].compute.duration_ms = { uniform: { min: 2, max: 1 } }
  }),
  wrong('half a task', `${stage}/tasks`, /whole number/, body => {
    body.job.spec.stages[0].tasks = 0.5
  }),
  wrong('an unknown architecture', `${stage}/constraints/arch/0`, /Did you mean “amd64”/, body => {
    body.job.spec.stages[0].constraints.arch = ['amd46']
  }),
  wrong('an unknown format', `${stage}/constraints/formats/0`, /Allowed: native, wasm/, body => {
    body.job.spec.stages[0].constraints.formats = ['docker']
  }),
  wrong('a stage after one that is not there', `${stage}/after/0`, /no stage “s0”/, body => {
    body.job.spec.stages[0].after = ['s0']
  }),
  wrong('a stage after itself', `${stage}/after/0`, /wait for each other: s1 after s1/, body => {
    body.job.spec.stages[0].after = ['s1']
  }),
  wrong('two stages of one name', '#/job/spec/stages/1/id', /stands twice/, body => {
    body.job.spec.stages.push({ ...body.job.spec.stages[0] })
  }),
  wrong('more cores than any node has', stage, /no node of the fabric has 1000 cores/, body => {
    body.job.spec.stages[0].compute.cpu = 1000
  }),
  wrong('more tasks than any cluster holds', stage, /no cluster can run all 5000 tasks/, body => {
    body.job.spec.stages[0].tasks = 5000
  }),
  wrong(
    'several things at once',
    ['#/job/metadata/deadline_ms', `${stage}/compute/cpu`, `${stage}/idd`, '#/strategy'],
    /Did you mean “id”/,
    body => {
      body.job.metadata.deadline_ms = -5
      body.job.spec.stages[0].compute.cpu = null
      body.job.spec.stages[0].idd = 's1'
      delete body.job.spec.stages[0].id
      body.strategy = 'fastest'
    },
  ),
]
