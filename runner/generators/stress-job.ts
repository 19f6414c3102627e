/** A stress job as a Kubernetes object. */
import type { KubeObject } from '../clusters/paths.ts'
import { workerImage } from '../execute/worker-image.ts'
import type { FormatOptions } from '../formats/format.ts'

export const kinds = ['cpu', 'memory', 'io'] as const

interface Stress {
  kind: (typeof kinds)[number]
  cpu: number
  memoryMiB: number
  runS: number
}

/** The options, with defaults that differ by kind. */
export function defaultsOf(options: FormatOptions): Stress {
  const { kind, cpu, memoryMiB, runS } = options as Partial<Stress> & Pick<Stress, 'kind' | 'runS'>
  return { kind, runS, cpu: cpu ?? (kind === 'cpu' ? 1 : 0.1), memoryMiB: memoryMiB ?? (kind === 'memory' ? 1024 : 64) }
}

/** To be made with `kubectl create`: the server completes the name, so that it may be made any number of times. */
export function stressJob(options: FormatOptions): KubeObject {
  const stress = defaultsOf(options)
  const quantities = { cpu: `${Math.round(stress.cpu * 1000)}m`, memory: `${stress.memoryMiB}Mi` }
  const labels = { 'app.kubernetes.io/name': 'fabricdt-stress', 'fabricdt.io/stress': stress.kind }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { generateName: `stress-${stress.kind}-`, labels },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'stress',
              ...(stress.kind === 'io' ? writer(stress) : burner(stress)),
              resources: { requests: quantities, limits: quantities },
              securityContext: {
                allowPrivilegeEscalation: false,
                runAsNonRoot: true,
                runAsUser: 65532,
                capabilities: { drop: ['ALL'] },
                seccompProfile: { type: 'RuntimeDefault' },
              },
            },
          ],
          ...(stress.kind === 'io' ? { volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '256Mi' } }] } : {}),
        },
      },
    },
  } as KubeObject
}

/** The worker: so many cores for so long, and of the memory that the container may use what it does not need itself. */
const burner = ({ cpu, memoryMiB, runS }: Stress) => ({
  image: workerImage(),
  imagePullPolicy: 'IfNotPresent',
  args: ['--for', `${runS}s`, '--cpu', `${Math.round(cpu * 1000)}m`, '--memory', String(memoryMiB * 1024 * 1024)],
})

/** Writes 64 MiB again and again, each time down to the disk. */
const writer = ({ runS }: Stress) => ({
  image: 'busybox:1.37',
  command: ['sh', '-c', writeLoop(runS, '/scratch/block')],
  volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
})

/** A POSIX shell does it; the file is 64 MiB. */
export const writeLoop = (runS: number, file: string): string =>
  `end=$(($(date +%s) + ${runS})); while [ "$(date +%s)" -lt "$end" ]; do dd if=/dev/zero of=${file} bs=1048576 count=64 conv=fsync 2>/dev/null || exit 1; done`
