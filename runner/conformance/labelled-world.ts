import { parseScenario } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'

const workload = (name: string, stage: string) =>
  `    - { name: ${name}, origin: { cluster: a }, arrivals: { rate: 1/s, maxJobs: 40 }, job: { stages: [{ duration: 9s, ${stage} }] } }\n`

/** Clusters a to d with labels and taints, and workloads w0, w1 … with a stage each that is made of these fields. */
export const labelledWorld = (...stages: readonly string[]): Scenario =>
  parseScenario(textOf(stages.map((stage, i) => workload(`w${i}`, stage)).join('')), 'labels.yaml').scenario

const textOf = (workloads: string): string => `
apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: labels }
spec:
  fabric:
    pools:
      plain: { cpu: 4, memory: 16Gi, power: { idle: 10W, busy: 20W } }
      cards: { extends: plain, gpu: 2, labels: { gpu-model: T4, tier: gold }, taints: ['dedicated=gpu:NoSchedule'] }
    clusters:
      - { name: a, pool: plain, nodes: 3, region: DE }
      - { name: b, pool: plain, nodes: 3, region: FR, taints: ['spot:NoExecute'] }
      - { name: c, pool: cards, nodes: 3, region: DE }
      - { name: d, pool: cards, nodes: 3, region: US, labels: { gpu-model: P100 } }
  workloads:
${workloads}
  policies: [fcfs]
`
