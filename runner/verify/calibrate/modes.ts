/** Factors of wasm and of emulation, from attempts on nodes whose speed is known. */
import { meanInterval } from '../../../engine/statistics/intervals.ts'
import type { Calibration, NodeFit } from '../../scenario/calibration-file.ts'
import type { AttemptSample } from './samples.ts'

const fewest = 5

/** run · speed / work, averaged; the speed is that which native attempts have shown, else the declared one. */
export function fitModes(
  samples: readonly AttemptSample[],
  clusters: Readonly<Record<string, NodeFit>>,
): { modes: Calibration['modes']; notes: string[] } {
  const modes: Calibration['modes'] = {}
  const notes: string[] = []
  for (const [mode, name] of [
    [1, 'wasm'],
    [2, 'emulated'],
  ] as const) {
    const those = samples.filter(sample => sample.mode === mode)
    if (those.length === 0) continue
    if (those.length < fewest) {
      notes.push(`${name}: ${those.length} attempts are too few to fit its factor to`)
      continue
    }
    const declared = [
      ...new Set(those.filter(({ cluster }) => clusters[cluster]?.speed === undefined).map(one => one.cluster)),
    ]
    if (declared.length > 0)
      notes.push(`${name}: no native attempt shows the speed of ${declared.join(', ')}: the declared one is taken`)
    const { estimate, low, high, n } = meanInterval(
      those.map(({ runS, workS, speed, cluster }) => (runS * (clusters[cluster]?.speed?.value ?? speed)) / workS),
    )
    modes[name] = { value: Math.max(1, estimate), low, high, n }
  }
  return { modes, notes }
}
