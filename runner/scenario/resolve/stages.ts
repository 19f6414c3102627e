import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Maybe } from '../draft.ts'
import type { ScenarioStage } from '../scenario.ts'
import type { StageView } from '../view.ts'
import { resolveDuration } from './durations.ts'
import { neighboursOf } from './neighbours.ts'
import { inOrder, known } from './nodes.ts'

/** The id of a stage, said or by its place in the list. */
export const stageId = (stage: StageView | undefined, i: number): string => stage?.id ?? `stage-${i + 1}`

/** A stage with its defaults; undefined where a part of it cannot be read. */
export function resolveStage(view: StageView, i: number, path: Path, context: Context): ScenarioStage | undefined {
  const at = (field: string): Path => [...path, field]
  const read = <D>(
    kind: 'cpu' | 'gpu' | 'memory' | 'share' | 'duration',
    field: 'cpu' | 'use' | 'gpu' | 'memory' | 'input' | 'output' | 'failureProbability' | 'estimate',
    otherwise: D,
  ) => context.orDefault(context.read(kind, view[field], at(field)), at(field), otherwise)
  const stage: Maybe<ScenarioStage> = {
    id: context.orDefault(view.id, at('id'), stageId(undefined, i)),
    after: context.orDefault(whole(view.after), at('after'), []),
    tasks: context.orDefault(view.tasks, at('tasks'), 1),
    cpuMilli: read('cpu', 'cpu', 1000),
    useMilli: read('cpu', 'use', null),
    memoryBytes: read('memory', 'memory', 0),
    gpu: read('gpu', 'gpu', 0),
    arch: context.orDefault(whole(view.arch), at('arch'), []),
    duration: resolveDuration(view.duration, at('duration'), context),
    estimateS: read('duration', 'estimate', null),
    failureProbability: read('share', 'failureProbability', 0),
    formats: context.orDefault(inOrder(view.formats, ['native', 'wasm']), at('formats'), ['native']),
    inputBytes: read('memory', 'input', 0),
    outputBytes: read('memory', 'output', 0),
    checkpoint: checkpointOf(view, at('checkpoint'), context),
  }
  return Object.values(stage).includes(undefined as never)
    ? undefined
    : ({ ...stage, ...constraintsOf(view), ...neighboursOf(view) } as ScenarioStage)
}

function checkpointOf(
  { checkpoint: view }: StageView,
  path: Path,
  context: Context,
): ScenarioStage['checkpoint'] | undefined {
  if (view === undefined) return context.says(path) ? undefined : null
  const at = (field: string): Path => [...path, field]
  const everyS = context.read('positiveDuration', view.every, at('every'))
  const costS = context.orDefault(context.read('duration', view.cost, at('cost')), at('cost'), 0)
  const store = context.orDefault(view.store, at('store'), 'cluster')
  return everyS === undefined || costS === undefined || store === undefined ? undefined : { everyS, costS, store }
}

/** What of the nodes it asks for and puts up with, where it says so; what is not right is left out. */
function constraintsOf({
  nodeSelector = {},
  tolerations,
}: StageView): Pick<ScenarioStage, 'nodeSelector' | 'tolerations'> {
  const selected = Object.keys(nodeSelector)
    .sort()
    .flatMap((name): [string, string[]][] => {
      const values = nodeSelector[name]
      const list = typeof values === 'string' ? [values] : whole(values)
      return list === undefined ? [] : [[name, list]]
    })
  const tolerated = known(tolerations) ?? []
  return {
    ...(selected.length > 0 ? { nodeSelector: Object.fromEntries(selected) } : {}),
    ...(tolerated.length > 0 ? { tolerations: [...new Set(tolerated)].sort() } : {}),
  }
}

/** Sorted, each once; undefined where one of them is not right. */
const whole = <T extends string>(list: readonly (T | undefined)[] | undefined): T[] | undefined =>
  list === undefined || list.includes(undefined) ? undefined : [...new Set(list as readonly T[])].sort()
