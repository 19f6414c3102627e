/** Arrays that are kept in ascending order of a number. */

/** Where a value with this key goes: behind all that are not after it. */
export function placeBehind<T>(list: readonly T[], key: number, keyOf: (value: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keyOf(list[middle]) <= key) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts a value behind all that are not after it. */
export function insertSorted<T>(list: T[], value: T, keyOf: (value: T) => number): void {
  list.splice(placeBehind(list, keyOf(value), keyOf), 0, value)
}
