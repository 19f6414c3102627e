import { describe, expect, it } from 'vitest'
import { hashName, philox4x32, Random, streams } from '../../engine/random.ts'

describe('Philox4x32-10', () => {
  // Random123, tests/kat_vectors: counter, key, result.
  const vectors = [
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ]
  const words = (text: string) => text.split(' ').map(word => Number.parseInt(word, 16))

  it.each(vectors)('gives the known answer for counter %s, key %s', (counter, key, result) => {
    const block = Uint32Array.from(words(counter))
    const [key0, key1] = words(key)
    philox4x32(block, key0, key1)
    expect([...block]).toEqual(words(result))
  })
})

describe('Random', () => {
  const draws = (random: Random, count: number) => Array.from({ length: count }, () => random.uniform())

  it('makes two uniform numbers of 53 bits of a block', () => {
    const random = new Random(0, 0)
    random.select(0, 0, 0, 0)
    const unit = (high: number, low: number) => (Math.floor(high / 64) * 2 ** 27 + Math.floor(low / 32) + 0.5) / 2 ** 53
    expect(draws(random, 2)).toEqual([unit(0x6627e8d5, 0xe169c58d), unit(0xbc57ac4c, 0x9b00dbd8)])
  })

  it('takes seed and replication as key, stream and stage, name, ordinal and block as counter', () => {
    const random = new Random(0xa4093822, 0x299f31d0)
    random.select(0x243f, 0x6a88, 0x85a308d3, 0x13198a2e, 0x03707344)
    const block = Uint32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)
    philox4x32(block, 0xa4093822, 0x299f31d0)
    expect(Math.floor(random.uniform() * 2 ** 26)).toBe(block[0] >>> 6)
  })

  it('draws the same whatever was drawn before', () => {
    const alone = new Random(7, 3)
    alone.select(streams.work, 1, hashName('camera'), 42)
    const expected = draws(alone, 5)
    const busy = new Random(7, 3)
    for (let ordinal = 0; ordinal < 10; ordinal++) {
      busy.select(streams.arrivals, 0, hashName('batch'), ordinal)
      draws(busy, 1 + (ordinal % 4))
    }
    busy.select(streams.work, 1, hashName('camera'), 42)
    expect(draws(busy, 5)).toEqual(expected)
  })

  it('begins at the block that it is told', () => {
    const random = new Random(7, 3)
    random.select(streams.faults, 0, 1, 2)
    const all = draws(random, 8)
    random.select(streams.faults, 0, 1, 2, 2)
    expect(draws(random, 4)).toEqual(all.slice(4))
  })

  it('differs in every part of its key and counter', () => {
    const first = (seed: number, replication: number, ...counter: [number, number, number, number, number]) => {
      const random = new Random(seed, replication)
      random.select(...counter)
      return random.uniform()
    }
    const values = [
      first(1, 0, 3, 0, 9, 5, 0),
      first(2, 0, 3, 0, 9, 5, 0),
      first(1, 1, 3, 0, 9, 5, 0),
      first(1, 0, 4, 0, 9, 5, 0),
      first(1, 0, 3, 1, 9, 5, 0),
      first(1, 0, 3, 0, 8, 5, 0),
      first(1, 0, 3, 0, 9, 6, 0),
      first(1, 0, 3, 0, 9, 5, 1),
    ]
    expect(new Set(values).size).toBe(values.length)
  })

  it('keeps within the open interval, evenly', () => {
    const random = new Random(1, 0)
    const count = 100_000
    const bins = new Array<number>(100).fill(0)
    for (let i = 0; i < count; i++) {
      random.select(streams.policy, 0, 0, i)
      const u = random.uniform()
      if (u <= 0 || u >= 1) throw new Error(`draw ${i} is ${u}`)
      bins[Math.floor(u * 100)]++
    }
    const chiSquare = bins.reduce((sum, bin) => sum + (bin - count / 100) ** 2 / (count / 100), 0)
    // 99 degrees of freedom: 0.05 % and 99.95 % points.
    expect(chiSquare).toBeGreaterThan(57)
    expect(chiSquare).toBeLessThan(150)
  })
})

describe('hashName', () => {
  // FNV-1a, 32 bits: test vectors of the FNV reference code (draft-eastlake-fnv).
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('of %j', (name, hash) => expect(hashName(name)).toBe(hash))
})
