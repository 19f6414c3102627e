import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { TrialCache } from '../../runner/sweep/cache.ts'
import { encode, type KeptTrial, readRecords } from '../../runner/sweep/record.ts'

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-records-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const trial = (replication: number, length = 70): KeptTrial => ({
  replication,
  wallMs: replication / 8,
  row: Float64Array.from({ length }, (_, i) => (i === 3 ? Number.NaN : replication * i)),
})
const plain = ({ replication, wallMs, row }: KeptTrial) => ({ replication, wallMs, row: [...row] })

const file = join(folder, 'trials')
const read = (bytes: Uint8Array) => {
  writeFileSync(file, bytes)
  return [...readRecords(file)]
}

describe('records', () => {
  // More than what is read at a time, with one that is larger than that in the middle.
  const trials = Array.from({ length: 3000 }, (_, i) => trial(i, i === 1500 ? 300_000 : 70))
  const bytes = Buffer.concat(trials.map(encode))

  it('come back as they were written', () => {
    expect(read(bytes).map(plain)).toEqual(trials.map(plain))
  })

  it('that were cut short, or damaged, end the file', () => {
    const three = Buffer.concat(trials.slice(0, 3).map(encode))
    const length = three.length / 3
    for (const cut of [1, 31, length - 1]) expect(read(three.subarray(0, 2 * length + cut))).toHaveLength(2)
    for (const place of [0, 4, 8, 12, 16, 24, 40, length - 1]) {
      const damaged = Buffer.from(three)
      damaged[length + place] ^= 0x41
      expect(read(damaged), `byte ${place}`).toHaveLength(1)
    }
  })

  it('ask for no more memory than the file has bytes, whatever a damaged length says', () => {
    const damaged = encode(trial(1))
    damaged.writeUInt32LE(0xffffffff, 8)
    expect(read(damaged)).toEqual([])
  })

  it('keep curves for as long as they are held, though the next records are read into the same bytes', () => {
    const quantiles = {
      latency: Float64Array.of(1, 2),
      waitTime: Float64Array.of(3),
      boundedSlowdown: Float64Array.of(),
    }
    const curves = { endS: 1, unfinished: 2, quantiles } as unknown as NonNullable<KeptTrial['curves']>
    const [first] = read(Buffer.concat([encode({ ...trial(0), curves }), ...trials.slice(1).map(encode)]))
    expect(first.curves).toEqual(curves)
  })
})

describe('the cache', () => {
  it('holds what several runs add to the same trials, and takes over nothing that is damaged', () => {
    const hash = 'ab'.repeat(32)
    const [one, other] = [new TrialCache(join(folder, 'cache')), new TrialCache(join(folder, 'cache'))]
    one.write(hash, [trial(0), trial(1)])
    other.write(hash, [trial(2)])
    one.write(hash, [trial(3)])
    const replications = () => [...one.read(hash)].map(({ replication }) => replication).sort()
    expect(replications()).toEqual([0, 1, 2, 3])
    expect([...one.read('cd'.repeat(32))]).toEqual([])
    writeFileSync(
      join(folder, 'cache', hash.slice(0, 2), hash.slice(2), 'rubbish'),
      readFileSync(process.execPath).subarray(0, 99),
    )
    expect(replications()).toEqual([0, 1, 2, 3])
  })
})
