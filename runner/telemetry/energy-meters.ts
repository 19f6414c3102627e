/** What measures the energy of nodes and pods: the series of Kepler and Scaphandre, and what each of them is about. */
import { type Amount, countedInAll, countedOver, flowedInAll, flowedOver } from './amounts.ts'
import type { Sample } from './prometheus.ts'

type Labels = Readonly<Record<string, string>>

export interface Meter {
  /** Who measures what: figures of different ones are not alike. */
  readonly source: string
  /** Names of series that add up. */
  readonly metrics: readonly string[]
  /** Which of these series; all where it is absent. Zones hold one another: they never all add up. */
  readonly holds?: (labels: Labels) => boolean
  readonly amount: (samples: readonly Sample[], fromMs: number, toMs: number) => Amount
  /** Joules in a unit of the amount. */
  readonly joules: number
}

const isPlatform = ({ zone = '' }: Labels): boolean => /^psys/.test(zone)

/** Of a socket and its memory; cores are within packages. */
const isPackageOrMemory = ({ zone = '' }: Labels): boolean => /^(package|dram)(-\d+)?$/.test(zone)

/** Of whole nodes, the most telling first. */
export const nodeMeters: readonly Meter[] = [
  {
    source: 'Kepler (platform)',
    metrics: ['kepler_node_cpu_joules_total'],
    holds: isPlatform,
    amount: countedOver,
    joules: 1,
  },
  {
    source: 'Kepler (CPU packages and memory)',
    metrics: ['kepler_node_cpu_joules_total'],
    holds: isPackageOrMemory,
    amount: countedOver,
    joules: 1,
  },
  // Before 0.10, idle and dynamic apart.
  { source: 'Kepler (platform)', metrics: ['kepler_node_platform_joules_total'], amount: countedOver, joules: 1 },
  {
    source: 'Kepler (CPU packages and memory)',
    metrics: ['kepler_node_package_joules_total', 'kepler_node_dram_joules_total'],
    amount: countedOver,
    joules: 1,
  },
  { source: 'Scaphandre (host)', metrics: ['scaph_host_energy_microjoules'], amount: countedOver, joules: 1e-6 },
  { source: 'Scaphandre (host)', metrics: ['scaph_host_power_microwatts'], amount: flowedOver, joules: 1e-6 },
]

export interface PodMeter extends Pick<Meter, 'source' | 'metrics' | 'holds' | 'joules'> {
  /** Of all samples of a pod, which lives within the time. */
  readonly total: (samples: readonly Sample[]) => number
  /** Labels that name a pod and its namespace. */
  readonly podLabel: string
  readonly namespaceLabel: string
}

const keplerPods = {
  metrics: ['kepler_pod_cpu_joules_total'],
  total: countedInAll,
  joules: 1,
  podLabel: 'pod_name',
  namespaceLabel: 'pod_namespace',
} as const

/** Of pods: Kepler leaves idle power out, Scaphandre shares it out. */
export const podMeters: readonly PodMeter[] = [
  { source: 'Kepler (platform, above idle)', holds: isPlatform, ...keplerPods },
  { source: 'Kepler (CPU packages and memory, above idle)', holds: isPackageOrMemory, ...keplerPods },
  {
    ...{ source: 'Kepler (above idle)', metrics: ['kepler_container_joules_total'], total: countedInAll, joules: 1 },
    holds: ({ mode = 'dynamic' }) => mode === 'dynamic',
    podLabel: 'pod_name',
    namespaceLabel: 'container_namespace',
  },
  {
    source: 'Scaphandre (idle included)',
    metrics: ['scaph_process_power_consumption_microwatts'],
    total: flowedInAll,
    joules: 1e-6,
    podLabel: 'kubernetes_pod_name',
    namespaceLabel: 'kubernetes_pod_namespace',
  },
]
