/** `scheduler-extender`: the real kube-scheduler asks the engine's policies, until it is told to stop. */
import { withDefaults } from '../../engine/schema.ts'
import { FabricdtError } from '../errors.ts'
import { Extender } from '../extender/extender.ts'
import { createExtenderServer } from '../extender/server.ts'
import { Following } from '../live/follow.ts'
import { type LiveFlags, liveHandles } from '../live/handles.ts'
import { LiveState } from '../live/live-state.ts'
import { askedPolicy } from '../own-policies/asked-policy.ts'
import { PlanningFabric } from '../plan/fabric.ts'
import { loadScenario } from '../scenario/load.ts'
import { listenUntilStopped } from './listen.ts'

export interface ExtenderFlags extends LiveFlags {
  host: string
  port: number
  policy: string
  /** Which of the clusters of `up` the scheduler is of. */
  cluster?: string
}

export async function schedulerExtender(file: string, flags: ExtenderFlags): Promise<number> {
  const policy = askedPolicy(flags.policy)
  const { scenario } = await loadScenario(file)
  const handles = await liveHandles(scenario, flags)
  const following = new Following()
  try {
    const named = handles.clusters.filter(({ name }) => flags.cluster === undefined || name === flags.cluster)
    if (named.length !== 1)
      throw new FabricdtError('usage', `${named.length} clusters are named, and a scheduler is of one`, {
        hint: 'Name one with --context, or with --live --cluster.',
      })
    const state = new LiveState(new PlanningFabric(scenario))
    const onTrouble = (cluster: string, { kind, message }: { kind: string; message: string }) =>
      void process.stderr.write(`${cluster}: ${kind}: ${message}\n`)
    const site = await following.add(named[0], { state, onTrouble })
    const strategy = { policy, options: withDefaults({}, policy.options) }
    const extender = new Extender({ state, site, strategy, clock: Date.now })
    const app = createExtenderServer({ extender, log: process.stderr, notReady: () => following.missing })
    return await listenUntilStopped(app, flags, url => `${policy.name}: urlPrefix ${url}/extender\n`)
  } finally {
    following.close()
    await handles.forget()
  }
}
