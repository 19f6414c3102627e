/** spec.fabric: clusters and what they are made of. */

import { type JsonSchema, mapping } from './json-schema.ts'
import { network } from './network.ts'
import { nodeFields, pool } from './pools.ts'
import { label, place, ref } from './scalars.ts'

const cluster: JsonSchema = {
  title: 'Cluster',
  description: 'A Kubernetes cluster of alike nodes; any field of its pool can be overridden.',
  examples: [{ name: 'edge-microdc', pool: 'edge', zone: 'eu-1', nodes: 12 }],
  ...mapping(
    {
      name: { ...ref('label'), description: 'Unique name.', examples: ['edge-microdc'] },
      pool: {
        ...ref('label'),
        description: 'Pool of the scenario or preset that its nodes are of.',
        examples: ['edge'],
      },
      nodes: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'Number of nodes.', examples: [12] },
      nodePrefix: {
        ...ref('label'),
        description: 'Nodes are called <nodePrefix>-01 and so on. Absent: <name>-node.',
        examples: ['edge-node'],
      },
      zone: {
        ...ref('place'),
        description: 'Failure domain; clusters of one zone share it. Absent: the name.',
        examples: ['eu-1'],
      },
      region: { ...ref('place'), description: 'Place for latencies and carbon. Absent: the zone.', examples: ['NL'] },
      carbon: {
        $ref: '#/$defs/carbon',
        description:
          'Carbon intensity of its electricity. Absent: as spec.fabric.carbon says of its region; where that says nothing it is not known.',
        examples: [380, { trace: 'nl.csv.gz' }],
      },
      price: {
        $ref: '#/$defs/price',
        description:
          'Price of its electricity. Absent: as spec.fabric.price says of its region; where that says nothing it is not known.',
        examples: [0.25, { trace: 'be.csv.gz' }],
      },
      ...nodeFields('as the pool says.'),
    },
    ['name', 'pool', 'nodes'],
  ),
}

export const fabric: JsonSchema = {
  title: 'Fabric',
  description: 'Clusters, what their nodes are and how far apart they lie.',
  examples: [{ clusters: [{ name: 'datacenter', pool: 'datacenter', nodes: 4 }] }],
  ...mapping(
    {
      pools: {
        type: 'object',
        propertyNames: label,
        additionalProperties: pool,
        description:
          'Kinds of node by name. The presets datacenter, mining, lab, gaming, personal-area and edge need no declaration.',
        default: {},
        examples: [{ gpu: { extends: 'gaming', gpu: 2 } }],
      },
      clusters: {
        type: 'array',
        minItems: 1,
        items: cluster,
        description: 'The clusters.',
        examples: [cluster.examples],
      },
      carbon: {
        type: 'object',
        propertyNames: place,
        additionalProperties: {
          $ref: '#/$defs/carbon',
          description: 'Carbon intensity of the region.',
          examples: [380, { trace: 'nl.csv.gz' }],
        },
        description: 'Carbon intensity by region, for the clusters that do not say their own.',
        default: {},
        examples: [{ NL: { trace: 'nl.csv' }, DE: 380 }],
      },
      price: {
        type: 'object',
        propertyNames: place,
        additionalProperties: {
          $ref: '#/$defs/price',
          description: 'Price of electricity in the region.',
          examples: [0.25, { trace: 'be.csv.gz' }],
        },
        description: 'Price of electricity by region, for the clusters that do not say their own.',
        default: {},
        examples: [{ BE: { trace: 'be.csv' }, DE: 0.3 }],
      },
      network,
    },
    ['clusters'],
  ),
}
