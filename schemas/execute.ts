/** spec.execute and spec.calibration: running the same scenario on real clusters, and what was learnt from that. */
import { type JsonSchema, mapping } from './json-schema.ts'
import { ref } from './scalars.ts'

const providers = ['kwok', 'kubelet', 'k3d', 'kind', 'context'] as const

const tolerated = (what: string, otherwise: string, example: string): JsonSchema => ({
  ...ref('positiveShare'),
  description: `${what}, as a part of what was observed. Absent: ${otherwise}.`,
  examples: [example, 0.1],
})

const window: JsonSchema = {
  title: 'Window',
  description:
    'The part of the scenario that is executed, and predicted beside it; what arrived in it is finished. Absent: all of it.',
  examples: ['2m', { from: '29m', for: '3m' }],
  anyOf: [
    ref('positiveDuration'),
    mapping(
      {
        from: {
          ...ref('duration'),
          description: 'Where it begins, in the scenario’s time.',
          default: '0s',
          examples: ['29m'],
        },
        for: { ...ref('positiveDuration'), description: 'How long jobs arrive.', examples: ['3m'] },
      },
      ['for'],
    ),
  ],
}

const tolerance: JsonSchema = {
  title: 'Tolerance',
  description: 'How far a prediction may be off what is observed.',
  default: {},
  examples: [{ latency: '10%', energy: '20%' }],
  ...mapping({
    latency: tolerated('Error of latency and its parts', '10 %', '10%'),
    energy: tolerated('Error of energy', '20 %', '20%'),
    emissions: tolerated('Error of emissions', 'as for energy', '20%'),
    cpu: tolerated('Error of the core-seconds used', '10 %', '10%'),
    placement: {
      ...ref('positiveShare'),
      description: 'Share of the jobs that may run on other clusters, or end otherwise, than predicted. Absent: 10 %.',
      examples: ['10%', 0.05],
    },
    recovery: tolerated('Error of the time until a failure is detected, and until lost work runs again', '25 %', '25%'),
  }),
}

const address = '^https?://[^\\s@?#]+$'

const url: JsonSchema = {
  type: 'string',
  pattern: address,
  description:
    'Address of a Prometheus. Absent: one that runs in the clusters, as a service that is called or labelled so.',
  examples: ['http://127.0.0.1:9090'],
}

const application: JsonSchema = {
  title: 'Application',
  description:
    'An application whose p95 of latency, request rate and share of errors are read from Prometheus. Absent: none is asked about.',
  examples: [{ latency: 'http_request_duration_seconds', selector: 'job="shop"' }],
  ...mapping({
    latency: {
      type: 'string',
      pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$',
      description: 'Histogram of what requests take, without _bucket; its unit is the one that it ends in, or seconds.',
      default: 'http_request_duration_seconds',
      examples: ['http_server_request_duration_seconds'],
    },
    requests: {
      type: 'string',
      pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$',
      description: 'Counter of requests.',
      default: 'http_requests_total',
      examples: ['http_server_requests_total'],
    },
    errors: {
      type: 'string',
      pattern: '^[a-zA-Z_][a-zA-Z0-9_]* *(=|!=|=~|!~) *"[^"]*"$',
      description: 'Which of those requests are errors: a matcher of a label.',
      default: 'code=~"5.."',
      examples: ['status=~"5.."'],
    },
    selector: {
      type: 'string',
      pattern: '^[^{}\\[\\]()]*$',
      description: 'Which series are the application’s: matchers of labels.',
      default: '',
      examples: ['job="shop", namespace="prod"'],
    },
  }),
}

const prometheus: JsonSchema = {
  title: 'Prometheus',
  description:
    'Where energy (Kepler, Scaphandre) and an application’s figures are read after a run; an address alone, or more. Absent: a Prometheus that runs in the clusters, where there is one.',
  examples: ['http://127.0.0.1:9090', { url: 'http://127.0.0.1:9090', application: { selector: 'job="shop"' } }],
  anyOf: [{ type: 'string', pattern: address }, mapping({ url, application })],
}

export const execute: JsonSchema = {
  title: 'Execute',
  description:
    'How the scenario is run on real clusters by --mode execute and --mode verify. Absent: on kwok, all of it, with the usual tolerances.',
  examples: [{ provider: 'kwok', window: '2m', sample: '10%', tolerance: { latency: '10%' } }],
  ...mapping({
    provider: {
      type: 'string',
      enum: [...providers],
      description:
        'Who makes the clusters: kwok (real control planes, simulated nodes), kubelet (real containers without Docker), k3d, kind, or context (clusters that are there).',
      default: 'kwok',
      examples: ['kubelet'],
    },
    window,
    sample: {
      ...ref('positiveShare'),
      description:
        'Part of the jobs and of the nodes of each cluster that is executed, so that the load stays what it is. Absent: all.',
      examples: ['10%', 0.25],
    },
    speedup: {
      type: 'number',
      minimum: 1,
      maximum: 1000,
      description:
        'How many times faster the scenario’s own time goes: arrivals, work, deadlines, failures and the window are so much shorter. Start-up, detection and the network are not: they are what clusters do. Absent: as it is.',
      examples: [10],
    },
    prometheus,
    tolerance,
  }),
}

export const calibration: JsonSchema = {
  type: 'string',
  description:
    'File that `fabricdt-run calibrate` wrote: speeds, start-up, watts and factors that were measured, in place of those of pools. Absent: none.',
  examples: ['calibration.yaml'],
}
