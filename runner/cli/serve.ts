/** `serve`: the planner behind a REST interface, until it is told to stop. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { packageRoot } from '../../reports/package-root.ts'
import { isLoopback } from '../api/auth.ts'
import { createServer } from '../api/server.ts'
import { stateHome } from '../clusters/state.ts'
import { exits, FabricdtError } from '../errors.ts'
import { PlanningFabric } from '../plan/fabric.ts'
import { Planner } from '../plan/planner.ts'
import { PlanStore } from '../plan/store.ts'
import { loadScenario } from '../scenario/load.ts'
import { packageVersion } from './main.ts'

export interface ServeFlags {
  host: string
  port: number
  /** Folder of the plans. */
  state?: string
  tokenFile?: string
  verbose?: boolean
}

/** What is planned on unless a scenario is named. */
const defaultScenario = fileURLToPath(new URL('scenarios/zone-blackout.yaml', packageRoot))

/** Requests under way get so long to end. */
const graceMs = 10_000

export async function serve(file: string | undefined, flags: ServeFlags): Promise<number> {
  const token = tokenOf(flags)
  const { scenario } = await loadScenario(file ?? defaultScenario)
  const store = new PlanStore(flags.state ?? stateHome())
  let stopping = false
  try {
    const planner = new Planner({ fabric: new PlanningFabric(scenario), store, clock: Date.now })
    const app = await createServer({
      planner,
      version: packageVersion(),
      token,
      log: process.stderr,
      logLevel: flags.verbose === true ? 'info' : 'warn',
      notReady: () => (stopping ? 'stopping' : null),
    })
    await listen(app, flags)
    process.stderr.write(
      `${scenario.name}: planning at ${app.listeningOrigin} (read on at ${app.listeningOrigin}/docs)\n`,
    )
    const exit = await stopSignal()
    stopping = true
    await Promise.race([app.close(), new Promise(resolve => setTimeout(resolve, graceMs).unref())])
    return exit
  } finally {
    await store.close()
  }
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

async function listen(app: FastifyInstance, { host, port }: ServeFlags): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    await app.close()
    throw new FabricdtError('cannot-listen', `cannot listen on ${host}:${port}: ${(cause as Error).message}`, { cause })
  }
}

/** Resolves with the exit code when the process is told to stop. A second signal ends it at once. */
const stopSignal = (): Promise<number> =>
  new Promise(resolve => {
    const stopOn = (signal: NodeJS.Signals, exit: number) =>
      process.once(signal, () => {
        process.once(signal, () => process.exit(exit))
        resolve(exit)
      })
    stopOn('SIGINT', exits.sigint)
    stopOn('SIGTERM', exits.ok)
  })
