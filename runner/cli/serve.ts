/** `serve`: the planner behind a REST interface, until it is told to stop. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../reports/package-root.ts'
import { isLoopback } from '../api/auth.ts'
import { createServer } from '../api/server.ts'
import { findProvider } from '../clusters/providers/index.ts'
import { readFabric, stateHome } from '../clusters/state.ts'
import { FabricdtError } from '../errors.ts'
import { workerImage } from '../execute/worker-image.ts'
import { Following } from '../live/follow.ts'
import { type Handles, type LiveFlags, liveHandles } from '../live/handles.ts'
import { LiveState } from '../live/live-state.ts'
import { askedPolicy } from '../own-policies/asked-policy.ts'
import { policyOf } from '../own-policies/policy-of.ts'
import { packageVersion } from '../package-version.ts'
import { ClusterExecutor } from '../plan/execution.ts'
import { PlanningFabric } from '../plan/fabric.ts'
import { Planner } from '../plan/planner.ts'
import { PlanStore } from '../plan/store.ts'
import { Strategies } from '../plan/strategies.ts'
import { loadScenario } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { listenUntilStopped } from './listen.ts'

export interface ServeFlags extends LiveFlags {
  host: string
  port: number
  /** Folder of the plans. */
  state?: string
  tokenFile?: string
  /** What real containers run. */
  image?: string
  /** Files of policies of the user's own that jobs may be planned by. */
  policy: string[]
  verbose?: boolean
}

/** What is planned on unless a scenario is named. */
const defaultScenario = fileURLToPath(new URL('scenarios/zone-blackout.yaml', packageRoot))

export async function serve(file: string | undefined, flags: ServeFlags): Promise<number> {
  const token = tokenOf(flags)
  const { scenario } = await loadScenario(file ?? defaultScenario)
  const handles = await liveHandles(scenario, flags)
  const following = new Following()
  const store = new PlanStore(flags.state ?? stateHome())
  let stopping = false
  try {
    const fabric = new PlanningFabric(scenario)
    const isLive = handles.clusters.length > 0
    if (isLive) await follow(following, handles, new LiveState(fabric))
    const executor = flags.live === true ? executorOf(fabric, flags.image ?? workerImage()) : null
    const planner = new Planner({
      fabric,
      store,
      clock: Date.now,
      isLive,
      executor,
      strategies: strategiesOf(scenario, flags),
    })
    await planner.executions.closeInterrupted()
    const app = await createServer({
      planner,
      version: packageVersion(),
      token,
      log: process.stderr,
      logLevel: flags.verbose === true ? 'info' : 'warn',
      notReady: () => (stopping ? 'stopping' : following.missing),
    })
    const greeting = (url: string) => `${scenario.name}: planning at ${url} (read on at ${url}/docs)\n`
    const exit = await listenUntilStopped(app, flags, greeting, () => {
      stopping = true
    })
    await planner.executions.endAll('the planner was stopped')
    return exit
  } finally {
    following.close()
    await store.close()
    await handles.forget()
  }
}

/** Beside the table of policies those of the user's own: what the scenario lists, and what the command line names. */
const strategiesOf = ({ policies }: Scenario, { policy }: ServeFlags): Strategies =>
  new Strategies([...policies.filter(({ own }) => own !== undefined).map(policyOf), ...policy.map(askedPolicy)])

/** Jobs run on what `up` made: it is known there what may be touched. */
function executorOf(fabric: PlanningFabric, image: string): ClusterExecutor {
  const state = readFabric(fabric.scenario.name)
  const provider = findProvider(state?.provider ?? '')
  if (state === null || provider === undefined)
    throw new FabricdtError('cluster-failed', `there are no clusters of ${fabric.scenario.name}`)
  return new ClusterExecutor(fabric, state, provider, image)
}

async function follow(following: Following, { clusters }: Handles, state: LiveState): Promise<void> {
  const onTrouble = (cluster: string, { kind, message }: { kind: string; message: string }) =>
    void process.stderr.write(`${cluster}: ${kind}: ${message}\n`)
  for (const handle of clusters) await following.add(handle, { state, onTrouble })
}

/** Of a server that other machines reach a token is asked. Never on the command line: others see it there. */
function tokenOf({ host, tokenFile }: ServeFlags): string | null {
  const token = tokenFile === undefined ? process.env.FABRICDT_TOKEN : readToken(tokenFile)
  if (token !== undefined && token.length < 16)
    throw new FabricdtError('usage', 'the token is too short', { hint: 'Take 16 characters or more.' })
  if (token === undefined && !isLoopback(host))
    throw new FabricdtError('usage', `anybody who reaches ${host} could plan and execute`, {
      hint: 'Give a token in a file with --token-file, or in FABRICDT_TOKEN; or listen on 127.0.0.1.',
    })
  return token ?? null
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new FabricdtError('file-unreadable', `cannot read ${file}: ${(cause as Error).message}`, {
      cause,
      hint: 'Check the path given with --token-file.',
    })
  }
}
