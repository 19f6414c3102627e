/** The JSON Schema of scenario files: the base, with the tables' option schemas gathered in. */

import { compats } from '../engine/compat.ts'
import { carbon, price } from './carbon.ts'
import { distribution } from './distributions.ts'
import { expect, replications } from './events.ts'
import { calibration, execute } from './execute.ts'
import { fabric } from './fabric.ts'
import { failures } from './failures.ts'
import { type JsonSchema, mapping } from './json-schema.ts'
import { modes } from './modes.ts'
import { policies, switchOff } from './policies.ts'
import { power } from './pools.ts'
import { label, place, quantities, ref } from './scalars.ts'
import { sweep } from './sweep.ts'
import { tenants } from './tenants.ts'
import { workloads } from './workloads.ts'

const metadata: JsonSchema = {
  title: 'Metadata',
  description: 'What the scenario is called and about.',
  examples: [{ name: 'zone-blackout', description: 'One zone goes dark under load' }],
  ...mapping(
    {
      name: {
        ...ref('label'),
        description: 'Name of the scenario and of its folder of results.',
        examples: ['zone-blackout'],
      },
      description: {
        type: 'string',
        description: 'What it asks, for the report.',
        default: '',
        examples: ['One zone goes dark under load'],
      },
      labels: {
        type: 'object',
        additionalProperties: { type: 'string', description: 'Any text.', examples: ['edge'] },
        description: 'Labels for your own use.',
        default: {},
        examples: [{ team: 'edge' }],
      },
    },
    ['name'],
  ),
}

const compat: JsonSchema = {
  type: 'string',
  enum: [...compats],
  description:
    'A published system whose way of running is followed, so that its figures are met: rlscheduler = RLScheduler (SC’20): arrivals before ends, a decision after each single event, and a head that stays chosen while it blocks. Absent: as everywhere else.',
  examples: ['rlscheduler'],
}

const predictor: JsonSchema = {
  type: 'string',
  enum: ['simulation', 'heuristic'],
  description:
    'heuristic: beside the simulation, as a sanity check, what a closed form says that knows no policy and no failures: wait (Sakasegawa) + start-up + work / speed + latency + bytes / bandwidth.',
  default: 'simulation',
  examples: ['heuristic'],
}

const spec: JsonSchema = {
  title: 'Spec',
  description: 'The scenario itself.',
  examples: [
    {
      horizon: '1h',
      fabric: { clusters: [{ name: 'lab', pool: 'lab', nodes: 2 }] },
      workloads: [
        { name: 'jobs', origin: { cluster: 'lab' }, arrivals: { rate: '2/s' }, job: { stages: [{ duration: '2s' }] } },
      ],
      policies: ['fcfs'],
    },
  ],
  ...mapping(
    {
      seed: {
        type: 'integer',
        minimum: 0,
        maximum: 4_294_967_295,
        description: 'Seed of everything random.',
        default: 1,
        examples: [42],
      },
      start: {
        ...ref('time'),
        description: 'The time that second 0 stands for.',
        default: '2026-01-01T00:00:00Z',
        examples: ['2026-07-01T06:00:00+02:00'],
      },
      horizon: {
        ...ref('positiveDuration'),
        description: 'When the run ends. Absent: when all work is done.',
        examples: ['2h'],
      },
      warmup: {
        ...ref('duration'),
        description: 'Jobs submitted earlier are simulated but not measured.',
        default: '0s',
        examples: ['10m'],
      },
      scaling: {
        ...ref('scaling'),
        description: 'Declared resources per resource of the real clusters.',
        default: '1:100',
        examples: ['1:50', 50],
      },
      fabric,
      calibration,
      modes,
      compat,
      predictor,
      workloads,
      tenants,
      policies,
      failures,
      replications,
      sweep,
      expect,
      execute,
    },
    ['fabric', 'workloads', 'policies'],
  ),
}

export const scenarioSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://fabricdt.io/schemas/v1alpha1/scenario.schema.json',
  title: 'ScenarioFile',
  description:
    'A scenario of fabricdt: a fabric of Kubernetes clusters, the work it gets, the policies that place it, and what fails when.',
  ...mapping(
    {
      apiVersion: {
        type: 'string',
        enum: ['fabricdt.io/v1alpha1'],
        description: 'Version of this format.',
        examples: ['fabricdt.io/v1alpha1'],
      },
      kind: { type: 'string', enum: ['Scenario'], description: 'What the file is.', examples: ['Scenario'] },
      metadata,
      spec,
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
  ),
  $defs: { ...quantities, label, place, power, carbon, price, distribution, switchOff },
}
