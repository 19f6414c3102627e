import { expect, test } from 'vitest'
import { placeOf } from '../../runner/clusters/kubelet/place.ts'
import { useTemporaryState } from './temporary-state.ts'

useTemporaryState()

test("what a node leaves on the machine is named by a hash that is nobody else's, and short", () => {
  const place = placeOf('a-fabric-with-a-very-long-name', 'a-cluster-with-a-long-name', 'node-01')
  // The kernel takes 15 characters for a link, and 107 for the path of a socket.
  expect(place.bridge).toMatch(/^fdt[0-9a-f]{8}$/)
  expect(
    `${place.run}/containerd/very-long-names-of-sockets-are-possible-here-with-64-hexadecimal-digits`.length,
  ).toBeLessThan(107)
  expect(place.cgroup).toMatch(/^\/fdt-[0-9a-f]{8}$/)
  const others = [
    placeOf('other', 'a-cluster-with-a-long-name', 'node-01'),
    placeOf('a-fabric-with-a-very-long-name', 'other', 'node-01'),
    placeOf('a-fabric-with-a-very-long-name', 'a-cluster-with-a-long-name', 'node-02'),
  ]
  expect(new Set([place, ...others].map(({ bridge }) => bridge)).size).toBe(4)
})
