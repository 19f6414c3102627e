/** A job that the fabric could run, but not now. */
import type { Model } from '../../engine/model.ts'
import type { Planned } from '../../engine/planning.ts'
import { FabricdtError } from '../errors.ts'
import type { ScenarioStage, ScenarioWorkload } from '../scenario/scenario.ts'
import type { PlanningFabric } from './fabric.ts'
import { obstacles } from './reasons.ts'

export class NoRoomError extends FabricdtError {
  /** Each stage that found no place, with why no cluster has one. */
  readonly stages: readonly { readonly stage: string; readonly reasons: readonly string[] }[]
  /** Until something that is held is given back; Infinity where nothing is. */
  readonly retryMs: number

  constructor(
    fabric: PlanningFabric,
    model: Model,
    { stages }: ScenarioWorkload,
    stuck: Planned['stuck'],
    retryMs: number,
  ) {
    const ids = stuck.map(({ stage }) => model.stages.ids[stage])
    super('no-room', `no room now for ${ids.map(id => `“${id}”`).join(', ')}`)
    this.name = 'NoRoomError'
    this.retryMs = retryMs
    this.stages = stuck.map(({ ways }, i) => {
      const stage = stages.find(({ id }) => id === ids[i]) as ScenarioStage
      return { stage: ids[i], reasons: obstacles(fabric, stage, ways) }
    })
  }
}
