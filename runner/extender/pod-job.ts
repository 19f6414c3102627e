/** A pod that waits for a node as a job of the scenario language: one stage of one task. */
import type { V1Pod } from '@kubernetes/client-node'
import { architectures } from '../../engine/architectures.ts'
import type { Resources } from '../clusters/scaling.ts'
import { readDuration } from '../scenario/quantities.ts'
import type { ScenarioWorkload } from '../scenario/scenario.ts'

/**
 * `origin`: the cluster where its user is. What policies go by is said in annotations (fabricdt.io/estimate: the expected
 * work at speed 1, never the true one); pods of others have none.
 */
export function podJob(pod: V1Pod, { cpuMilli, memoryBytes, gpuMilli }: Resources, origin: string): ScenarioWorkload {
  const { annotations = {} } = pod.metadata ?? {}
  const value = secondsOf(annotations['fabricdt.io/estimate'])
  return {
    name: 'pod',
    origin: { [origin]: 1 },
    originNode: null,
    arrivals: {
      process: 'renewal',
      interval: { kind: 'constant', parameters: { value: 0 } },
      fromS: 0,
      untilS: null,
      maxJobs: 1,
    },
    deadlineS: null,
    onMiss: 'count',
    priority: 0,
    retries: 0,
    stages: [
      {
        id: 'pod',
        after: [],
        tasks: 1,
        cpuMilli,
        useMilli: null,
        memoryBytes,
        gpu: gpuMilli / 1000,
        arch: architecturesOf(pod),
        duration: { kind: 'constant', parameters: { value } },
        estimateS: null,
        failureProbability: 0,
        formats: formatsOf(annotations['fabricdt.io/formats']),
        inputBytes: 0,
        outputBytes: 0,
        checkpoint: null,
      },
    ],
  }
}

/** 0 for what is none: the scheduler waits, and a mistake in an annotation shall not stop it. */
function secondsOf(text: string | undefined): number {
  try {
    return text === undefined ? 0 : readDuration(text)
  } catch {
    return 0
  }
}

function architecturesOf({ spec }: V1Pod): string[] {
  const wanted = spec?.nodeSelector?.['kubernetes.io/arch']
  return architectures.includes(wanted as 'amd64') ? [wanted as string] : []
}

/** `native`, `wasm` or both, with a comma between them. */
function formatsOf(text = 'native'): string[] {
  const known = text.split(',').filter(format => format === 'native' || format === 'wasm')
  return known.length === 0 ? ['native'] : known
}
