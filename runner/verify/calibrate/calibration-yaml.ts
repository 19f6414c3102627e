/** A calibration as the file that scenarios name under `spec.calibration`. */
import { stringify } from 'yaml'
import type { Calibration, Fitted, NodeFit } from '../../scenario/calibration-file.ts'

/** YAML that `readCalibrationFile` reads. Six digits are more than any measurement has. */
export function calibrationYaml({ name, source, pools, clusters, modes, noise }: Calibration): string {
  const spec = { pools: each(pools), clusters: each(clusters), modes: rounded(modes), noise: mapped(noise, six) }
  const file = {
    apiVersion: 'fabricdt.io/v1alpha1',
    kind: 'Calibration',
    metadata: { name, description: source },
    spec,
  }
  return `# Written by fabricdt-run calibrate. A scenario includes it by \`spec.calibration: <this file>\`: what stands here is
# taken in the place of what its pools say, and of a cluster also of what that says itself.
${stringify(file, { lineWidth: 0, collectionStyle: 'any', defaultStringType: 'PLAIN' })}`
}

const mapped = <T, U>(table: Readonly<Record<string, T>> | object, of: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, of(value as T)]))

const each = (fits: Readonly<Record<string, NodeFit>>) => mapped(fits, rounded)

const rounded = (fits: object) =>
  mapped(fits, ({ value, low, high, n }: Fitted) => ({ value: six(value), low: six(low), high: six(high), n }))

const six = (value: number): number => Number(value.toPrecision(6))
