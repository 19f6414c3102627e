/**
 * Everything in play at once: jobs of three stages with inputs and outputs over links of finite bandwidth, checkpoints,
 * nodes that fail, more requested than there is and more used than was requested. Four clusters, load about 0.7.
 */
export function featuresScenario(jobs, nodes) {
  const each = Math.round(nodes / 4)
  const coreSeconds = 2 * 20 + 4 * 40 + 1 * 10
  const rate = (0.7 * 4 * each * 32) / coreSeconds
  const names = ['a', 'b', 'c', 'd']
  return `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: features}
spec:
  fabric:
    pools: {w: {cpu: 32, memory: 128GB, formats: [native], overcommit: 1.25, detection: 10s, power: {idle: 100W, busy: 300W}}}
    clusters: [${names.map(name => `{name: ${name}, pool: w, zone: ${name}, nodes: ${each}}`).join(', ')}]
    network: {latency: 10ms, within: 1ms, bandwidth: 100Gbps}
  workloads:
    - name: w
      origin: {weights: {a: 1, b: 1, c: 1, d: 1}}
      arrivals: {rate: ${rate}/s, maxJobs: ${jobs}}
      job:
        deadline: 10m
        stages:
          - {id: fetch, cpu: 2, memory: 2GB, input: 2MB, output: 1MB, duration: {exponential: {mean: 20s}}}
          - {id: work, after: [fetch], cpu: 4, use: 4200m, memory: 4GB, output: 1MB, duration: {exponential: {mean: 40s}}, checkpoint: {every: 15s, cost: 100ms}}
          - {id: send, after: [work], cpu: 1, memory: 1GB, output: 1MB, duration: {exponential: {mean: 10s}}}
  policies: [greedy-latency]
  failures: [{mtbf: 2h, mttr: 2m, of: nodes}]
`
}
