/** A server that runs until the process is told to stop. */
import type { FastifyInstance } from 'fastify'
import { exits, FabricdtError } from '../errors.ts'

/** Requests under way get so long to end. */
const graceMs = 10_000

/**
 * Listens, says so on stderr, and closes on SIGINT or SIGTERM (after `onStop`); gives the exit code. Throws FabricdtError
 * `cannot-listen`.
 */
export async function listenUntilStopped(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
  greeting: (url: string) => string,
  onStop: () => void = () => {},
): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    await app.close()
    throw new FabricdtError('cannot-listen', `cannot listen on ${host}:${port}: ${(cause as Error).message}`, { cause })
  }
  const stopped = stopSignal()
  process.stderr.write(greeting(app.listeningOrigin))
  const exit = await stopped
  onStop()
  await close(app)
  return exit
}

/** Requests under way come to their end, connections that are then kept alive do not hold it up. */
async function close(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  const over = setTimeout(() => app.server.closeAllConnections(), graceMs)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
    clearTimeout(over)
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
