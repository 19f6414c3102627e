// node test/bench/real-inputs.mjs DATA OUT: writes the strategy benchmark on real inputs as scenarios, to be run by
//   node runner/bin/fabricdt-run.mjs OUT/benchmark-gaia.yaml OUT/benchmark-openb.yaml --csv
// DATA holds gaia-jobs, carbon-em-dev, latency-gcp and alibaba-openb, whose licences do not let us ship them here.
// benchmark-gaia: a year of 100,000 jobs, six regions with their measured intensities of 2022 and ways between them.
// benchmark-openb: 8,152 pods with parts of GPUs; of two of its kinds of nodes, cut by the sweep
// until they are nearly full.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { policies } from '../../dist/engine/index.js'

const [data, out] = process.argv.slice(2).map(folder => resolve(folder))
/** Electricity Maps' zone of each cluster: those that both files know, far and near, clean and not. */
const zones = { de: 'DE', fr: 'FR', gb: 'GB', pl: 'PL', cal: 'US-CAL-CISO', sg: 'SG' }
const names = Object.keys(zones)
const all = policies.map(({ name }) => name).join(', ')
mkdirSync(out, { recursive: true })
writeFileSync(join(out, 'latency.csv'), latencies())
writeFileSync(join(out, 'benchmark-gaia.yaml'), gaia())
writeFileSync(join(out, 'benchmark-openb.yaml'), openb())

/** The matrix holds round trips in milliseconds. */
function latencies() {
  const [head, ...rows] = readFileSync(join(data, 'latency-gcp/gcp_latency_matrix.csv'), 'utf8').trim().split('\n')
  const columns = head.trim().split(',')
  const trips = new Map(rows.map(row => [row.split(',')[0], row.trim().split(',')]))
  const line = (from, to) => `${from},${to},${Number(trips.get(zones[from])[columns.indexOf(zones[to])]) / 2}`
  return `from,to,latency\n${names.flatMap(from => names.map(to => line(from, to))).join('\n')}\n`
}

function gaia() {
  const carbon = names.map(
    name => `      ${name}: { trace: ${join(data, `carbon-em-dev/${zones[name]}_2021-2024.csv.gz`)} }`,
  )
  const clusters = names.map(name => `      - { name: ${name}, pool: hall, region: ${name}, zone: ${name}, nodes: 2 }`)
  return `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: benchmark-gaia, description: Every strategy on a year of jobs in six regions }
spec:
  start: 2022-01-01T00:00:00Z
  fabric:
    carbon:
${carbon.join('\n')}
    pools:
      hall: { cpu: 32, memory: 128Gi, speed: 1, startup: 1s, power: { idle: 95W, busy: 310W } }
    clusters:
${clusters.join('\n')}
    network: { latency: { file: latency.csv } }
  workloads:
    - { name: azure, origin: { cluster: de }, trace: { format: gaia, file: ${join(data, 'gaia-jobs/azure-100k.csv.gz')} } }
  policies: [${all}]
`
}

function openb() {
  return `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: benchmark-openb, description: Every strategy on Alibaba's pods with parts of GPUs and few nodes }
spec:
  warmup: 116d # only one pod in a hundred comes earlier
  horizon: 149d # the last ones come then
  fabric:
    pools:
      g2: { cpu: 96, memory: 384Gi, gpu: 8, speed: 1, startup: 5s, power: { idle: 600W, busy: 2400W } }
      g3: { cpu: 128, memory: 768Gi, gpu: 8, speed: 1, startup: 5s, power: { idle: 600W, busy: 2600W } }
    clusters:
      - { name: g2, pool: g2, zone: a, region: a, nodes: 6 }
      - { name: g3, pool: g3, zone: b, region: b, nodes: 2 }
    network: { latency: 1ms }
  workloads:
    - { name: pods, origin: { cluster: g2 }, trace: { format: openb, file: ${join(data, 'alibaba-openb/openb_pod_list_default.csv.gz')} } }
  policies: [${all}]
  sweep: { fabric.clusters.g2.nodes: [6, 4, 3, 2] }
`
}
