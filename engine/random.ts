/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC'11). A draw is a pure function of (seed, replication, stream, stage, name, ordinal, draw), so it
 * does not depend on the order of calls: two policies meet the same luck, and one more draw here changes nothing
 * there.
 */

/** Streams that never share a draw. */
export const streams = { arrivals: 1, origins: 2, work: 3, faults: 4, failures: 5, policy: 6 } as const

const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** High 32 bits of the product of two unsigned 32-bit numbers. */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const low = aLow * bLow
  const middle = aHigh * bLow + (low >>> 16)
  const middle2 = aLow * bHigh + (middle & 0xffff)
  // The sums stay below 2^33, so the shifts must not truncate: divide instead.
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(middle2 / 65536)) >>> 0
}

/** One Philox4x32-10 block: replaces the counter in `block` by its four random words (unsigned 32 bits). */
export function philox4x32(block: Uint32Array, key0: number, key1: number): void {
  let c0 = block[0]
  let c1 = block[1]
  let c2 = block[2]
  let c3 = block[3]
  let k0 = key0
  let k1 = key1
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0, c0)
    const low0 = Math.imul(M0, c0)
    const high1 = mulHigh(M1, c2)
    const low1 = Math.imul(M1, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + W0) >>> 0
    k1 = (k1 + W1) >>> 0
  }
  block[0] = c0
  block[1] = c1
  block[2] = c2
  block[3] = c3
}

/** Uniform numbers of one substream after another; `select` first, then `uniform` as often as needed. */
export class Random {
  private readonly key0: number
  private readonly key1: number
  private readonly block = new Uint32Array(4)
  private counter0 = 0
  private counter1 = 0
  private counter2 = 0
  private draw = 0
  /** The second number of the block in hand, or −1. */
  private spare = -1

  constructor(seed: number, replication: number) {
    this.key0 = seed >>> 0
    this.key1 = replication >>> 0
  }

  /** Goes to the substream (stream · 2^16 + stage, hash of the name, ordinal), from its block number `draw` on. */
  select(stream: number, stage: number, nameHash: number, ordinal: number, draw = 0): void {
    this.counter0 = stream * 65536 + stage
    this.counter1 = nameHash
    this.counter2 = ordinal
    this.draw = draw
    this.spare = -1
  }

  /** Uniform on the open interval (0, 1), 53 bits. */
  uniform(): number {
    if (this.spare >= 0) {
      const second = this.spare
      this.spare = -1
      return second
    }
    const block = this.block
    block[0] = this.counter0
    block[1] = this.counter1
    block[2] = this.counter2
    block[3] = this.draw++
    philox4x32(block, this.key0, this.key1)
    this.spare = unit(block[2], block[3])
    return unit(block[0], block[1])
  }
}

/** 26 + 27 bits and a half, so that neither 0 nor 1 comes out. */
const unit = (high: number, low: number): number => ((high >>> 6) * 134217728 + (low >>> 5) + 0.5) / 9007199254740992

/** FNV-1a, 32 bits, over UTF-16 units: the part of a random counter that a name stands for. */
export function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
