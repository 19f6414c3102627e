/**
 * Sorts numbers in place, ascending, as `Float64Array.sort` does, more than twice as fast for the many of a long run: dealt
 * out thrice by eleven of the upper 32 bits of their 64-bit form, which come in the order of the numbers, lower ones
 * first; what has these bits in common, mostly nothing, is put in order then. Zeros of either sign count as equal.
 */

/** Fewer are left to the library, and so is what has its upper bits in common when it is more. */
const many = 1024
const few = 32

const digits = [0, 11, 22] as const
const values11 = 2048

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

export function sortNumbers(values: Float64Array): Float64Array {
  if (isSorted(values, 0, values.length)) return values
  if (values.length < many || !littleEndian) return values.sort()
  const counts = digits.map(shift => countDigits(highWords(values), shift))
  let from = values
  let to: Float64Array = new Float64Array(values.length)
  for (const [i, shift] of digits.entries()) {
    // A digit that all have in common changes nothing.
    if (counts[i].includes(values.length)) continue
    deal(from, to, shift, counts[i])
    ;[from, to] = [to, from]
  }
  orderAlike(from)
  if (from !== values) values.set(from)
  return values
}

/** The upper half of number i is at [2 · i + 1]. */
const highWords = (values: Float64Array): Int32Array =>
  new Int32Array(values.buffer, values.byteOffset, 2 * values.length)

/** Numbers below 0 ascend as their bits descend. */
const keyOf = (word: number): number => word ^ ((word >> 31) | 0x80000000)

function countDigits(words: Int32Array, shift: number): Int32Array {
  const counts = new Int32Array(values11)
  for (let i = 1; i < words.length; i += 2) counts[(keyOf(words[i]) >>> shift) & (values11 - 1)]++
  return counts
}

function deal(from: Float64Array, to: Float64Array, shift: number, counts: Int32Array): void {
  const words = highWords(from)
  const next = new Int32Array(values11)
  for (let digit = 1; digit < values11; digit++) next[digit] = next[digit - 1] + counts[digit - 1]
  for (let i = 0; i < from.length; i++) to[next[(keyOf(words[2 * i + 1]) >>> shift) & (values11 - 1)]++] = from[i]
}

/** Puts numbers in order that have their upper bits in common. */
function orderAlike(values: Float64Array): void {
  const words = highWords(values)
  for (let begin = 0; begin < values.length; ) {
    const word = words[2 * begin + 1]
    let end = begin + 1
    while (end < values.length && words[2 * end + 1] === word) end++
    if (end - begin > 1 && !isSorted(values, begin, end)) {
      if (end - begin > few) values.subarray(begin, end).sort()
      else insertEach(values, begin, end)
    }
    begin = end
  }
}

function insertEach(values: Float64Array, begin: number, end: number): void {
  for (let i = begin + 1; i < end; i++) {
    const value = values[i]
    let hole = i
    for (; hole > begin && values[hole - 1] > value; hole--) values[hole] = values[hole - 1]
    values[hole] = value
  }
}

function isSorted(values: Float64Array, begin: number, end: number): boolean {
  for (let i = begin + 1; i < end; i++) if (!(values[i - 1] <= values[i])) return false
  return true
}
