import type { Pass } from '../policy.ts'
import { addedWatts } from './added-power.ts'
import type { Outlook } from './outlook.ts'

/** Grams that a stage adds to what idle nodes of a group emit, if it is placed there now and the forecast is right. */
export function forecastGrams(pass: Pass, stage: number, group: number, outlook: Outlook): number {
  const { model, now } = pass
  const cluster = model.groups.cluster[group]
  const begin = now + pass.wayOut(stage, cluster) + model.groups.startupS[group]
  const end = begin + pass.runTimeOn(stage, group)
  const { integral } = outlook.of(cluster, now, end)
  return (addedWatts(model, pass.classOf(stage), group) * integral.between(begin, end)) / 3.6e6
}
