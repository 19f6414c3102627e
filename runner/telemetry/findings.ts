/** What of this machine telemetry could use: for `doctor`. */
import { existsSync } from 'node:fs'
import { binaryFinding, programFinding } from '../clusters/control-plane.ts'
import type { Finding } from '../clusters/provider.ts'

/** What Kepler and Scaphandre read of Intel’s and AMD’s processors. */
const rapl = '/sys/class/powercap/intel-rapl'

export const telemetryFindings = (): Finding[] => [
  binaryFinding('metrics-server'),
  programFinding(
    'prometheus',
    'name one that runs (execute.prometheus), run one in the clusters, or: apt-get install prometheus',
  ),
  raplFinding(),
]

function raplFinding(): Finding {
  const ok = existsSync(rapl)
  return {
    ok,
    what: 'RAPL, for Kepler and Scaphandre',
    detail: ok ? rapl : 'not on this machine',
    hint: ok ? '' : 'energy is the power model’s here, and is never verified',
  }
}
