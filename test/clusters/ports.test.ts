import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePorts, isListening } from '../../runner/clusters/ports.ts'

it('ports are different, and nobody listens on them until somebody does', async () => {
  const ports = await freePorts(7)
  expect(new Set(ports).size).toBe(7)
  // Nobody who merely connects is given one of these.
  for (const port of ports) expect(port).toBeLessThan(30_000)
  expect(await isListening(ports[0])).toBe(false)
  const server = createServer()
  await new Promise<void>(resolve => server.listen(ports[0], '127.0.0.1', resolve))
  expect(await isListening(ports[0])).toBe(true)
  await new Promise(resolve => server.close(resolve))
  expect(await isListening(ports[0])).toBe(false)
})
