/** Labels of the pods of a stage, by which selectors find them. */
import type { ScenarioStage, ScenarioWorkload } from './scenario.ts'

/** Its own labels, and those that each stage has: of its workload and its id. */
export const podLabels = (
  stage: Pick<ScenarioStage, 'id' | 'labels'>,
  workload: Pick<ScenarioWorkload, 'name'>,
): Readonly<Record<string, string>> => ({
  ...stage.labels,
  'fabricdt.io/workload': workload.name,
  'fabricdt.io/stage': stage.id,
})
