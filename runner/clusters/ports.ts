/** Free ports of this machine, so that fabrics that are made at the same time do not take each other's. */
import { type AddressInfo, createConnection, createServer, type Server } from 'node:net'

/** As many different ports of 127.0.0.1 as asked for, free a moment ago. Throws what the system throws. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held until the last is found: none comes twice.
  const servers = await Promise.all(Array.from({ length: count }, listen))
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

const listen = (): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
