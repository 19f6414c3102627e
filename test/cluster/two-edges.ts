/** A scenario of 50 jobs on two clusters of an edge each, in zones z1 and z2; `detection` as a quantity. More of its spec may follow. */
export const twoEdges = (name: string, detection: string): string => `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: ${name} }
spec:
  seed: 7
  scaling: 1:100
  fabric:
    pools: { edge: { cpu: 4, memory: 8Gi, detection: ${detection}, startup: 500ms, power: { idle: 10W, busy: 50W } } }
    clusters:
      - { name: edge-a, pool: edge, zone: z1, nodes: 3 }
      - { name: edge-b, pool: edge, zone: z2, nodes: 3 }
    network: { latency: 20ms }
  workloads:
    - name: camera
      origin: { cluster: edge-a }
      arrivals: { process: poisson, rate: 2/s, maxJobs: 50 }
      job: { deadline: 60s, stages: [{ id: detect, cpu: 1, memory: 512Mi, duration: { lognormal: { mean: 4s, cv: 0.5 } } }] }
  policies: [greedy-latency]
`
