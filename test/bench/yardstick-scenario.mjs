/** Workload W as a scenario: N nodes of 32 cores and 128 GB, 100 to 300 W, and a trace of single tasks. */
export const yardstickScenario = (trace, nodes, carbon = false) => `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: yardstick}
spec:
  fabric:
    clusters: [{name: w, pool: w, nodes: ${nodes}}]
    pools: {w: {cpu: 32, memory: 128GB, formats: [native], detection: 0s, power: {idle: 100W, busy: 300W}}}${
      carbon ? '\n    carbon: {w: 300}' : ''
    }
  workloads:
    - name: w
      origin: {cluster: w}
      trace:
        format: csv
        file: ${JSON.stringify(trace)}
        options: {columns: {submitTime: arrival, runTime: duration, memory: mem}, memoryUnit: GB}
      job: {stages: [{cpu: 1}]}
  policies: [fcfs]
`
