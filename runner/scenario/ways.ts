/** In which ways nodes can run a stage. */
import { type Constraints, isAdmitted } from './admission.ts'
import type { Scenario, ScenarioCluster, ScenarioStage } from './scenario.ts'

export type Way = 'native' | 'wasm' | 'emulated'

/** Every way that the nodes of a cluster have for what the stage is built as; native first. */
export function waysOf(stage: Pick<ScenarioStage, 'arch' | 'formats'> & Constraints, cluster: ScenarioCluster): Way[] {
  if (!isAdmitted(stage, cluster)) return []
  const { arch, formats } = stage
  const native = formats.includes('native')
  const isBuiltFor = arch.length === 0 || arch.includes(cluster.arch)
  return [
    ...(native && isBuiltFor && cluster.formats.includes('native') ? (['native'] as const) : []),
    ...(formats.includes('wasm') && cluster.formats.includes('wasm') ? (['wasm'] as const) : []),
    ...(native && cluster.formats.includes('emulated') ? (['emulated'] as const) : []),
  ]
}

/** The quickest of them; undefined where there is none. */
export function quickestWay(
  stage: Pick<ScenarioStage, 'arch' | 'formats'> & Constraints,
  cluster: ScenarioCluster,
  modes: Scenario['modes'],
): Way | undefined {
  const factor = (way: Way) => (way === 'native' ? 1 : modes[way])
  return waysOf(stage, cluster).sort((a, b) => factor(a) - factor(b))[0]
}
