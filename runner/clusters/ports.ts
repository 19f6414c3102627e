/** Free ports of this machine, so that fabrics that are made at the same time do not take each other's. */
import { randomInt } from 'node:crypto'
import { type AddressInfo, createConnection, createServer, type Server } from 'node:net'

/**
 * Below those that the system gives to whoever connects anywhere (32768 and up on Linux, 49152 elsewhere) and to Kubernetes'
 * NodePorts (30000): what is free now is then not taken by a mere connection before the program that it is for listens.
 */
const lowest = 15_000
const highest = 29_999

/** As many different ports of 127.0.0.1 as asked for, free a moment ago. Throws what the system throws. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held until the last is found: none comes twice.
  const servers = await Promise.all(Array.from({ length: count }, () => listen()))
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

/** Whether somebody listens on a port of 127.0.0.1. */
export const isListening = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 1000 })
    const answer = (listens: boolean) => () => {
      socket.destroy()
      resolve(listens)
    }
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false))
  })

/** On a port drawn by chance, or on another where that is taken. */
async function listen(triesLeft = 100): Promise<Server> {
  const port = randomInt(lowest, highest + 1)
  try {
    return await new Promise((resolve, reject) => {
      const server = createServer()
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve(server))
    })
  } catch (error) {
    if (triesLeft === 1 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return listen(triesLeft - 1)
  }
}
