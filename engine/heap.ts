/**
 * Binary heaps of small integers by keys that stand in a column of their own, least first. `at` is kept up to date with
 * the place of each item, so that any of them can be taken out.
 */

type Keys = ArrayLike<number>
type Places = { [item: number]: number }

export function push(heap: number[], item: number, keys: Keys, at: Places): void {
  heap.push(item)
  rise(heap, heap.length - 1, keys, at)
}

/** Takes an item out; nothing where it is not in the heap. */
export function remove(heap: number[], item: number, keys: Keys, at: Places): void {
  const hole = at[item]
  if (heap[hole] !== item) return
  const last = heap.pop() as number
  if (last === item) return
  heap[hole] = last
  rise(heap, hole, keys, at)
  sink(heap, at[last], keys, at)
}

function rise(heap: number[], hole: number, keys: Keys, at: Places): void {
  const item = heap[hole]
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if (keys[heap[parent]] <= keys[item]) break
    heap[hole] = heap[parent]
    at[heap[hole]] = hole
    hole = parent
  }
  heap[hole] = item
  at[item] = hole
}

function sink(heap: number[], hole: number, keys: Keys, at: Places): void {
  const item = heap[hole]
  for (let child = 2 * hole + 1; child < heap.length; child = 2 * hole + 1) {
    if (child + 1 < heap.length && keys[heap[child + 1]] < keys[heap[child]]) child++
    if (keys[heap[child]] >= keys[item]) break
    heap[hole] = heap[child]
    at[heap[hole]] = hole
    hole = child
  }
  heap[hole] = item
  at[item] = hole
}
