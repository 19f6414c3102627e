/** Trials as records in a file, one after another: what is cut short or damaged is noticed, and ends the file. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from 'node:zlib'
import type { TrialOutcome } from './trial.ts'

/** A trial that ended, without its place: the same file may serve another point, or index of a policy. */
export type KeptTrial = Omit<TrialOutcome, 'point' | 'policy' | 'error'> & { row: Float64Array }

/** Bytes: mark, numbers in the row, bytes after it, checksum of all that follows the head; replication, time. */
const headBytes = 32
const mark = 0x46445431
const readBytes = 1 << 20

export function encode({ replication, wallMs, row, curves, decisions, jobs, explanations }: KeptTrial): Buffer {
  const rest =
    curves === undefined && decisions === undefined && jobs === undefined
      ? Buffer.alloc(0)
      : serialize({ curves, decisions, jobs, explanations })
  const record = Buffer.allocUnsafe(headBytes + 8 * row.length + rest.length)
  record.writeUInt32LE(mark, 0)
  record.writeUInt32LE(row.length, 4)
  record.writeUInt32LE(rest.length, 8)
  record.writeDoubleLE(replication, 16)
  record.writeDoubleLE(wallMs, 24)
  record.set(new Uint8Array(row.buffer, row.byteOffset, row.byteLength), headBytes)
  record.set(rest, headBytes + 8 * row.length)
  record.writeUInt32LE(crc32(record.subarray(16)), 12)
  return record
}

/** The whole records of a file, a megabyte at a time, so that a long file takes no more memory than a short one. */
export function* readRecords(file: string): Generator<KeptTrial> {
  const handle = openSync(file, 'r')
  try {
    const stream = new Bytes(handle)
    for (let head = stream.peek(headBytes); head !== null; head = stream.peek(headBytes)) {
      const numbers = head.readUInt32LE(4)
      if (head.readUInt32LE(0) !== mark) return
      const record = stream.peek(headBytes + 8 * numbers + head.readUInt32LE(8))
      if (record === null || crc32(record.subarray(16)) !== record.readUInt32LE(12)) return
      yield decode(record, numbers)
      stream.skip(record.length)
    }
  } finally {
    closeSync(handle)
  }
}

function decode(record: Buffer, numbers: number): KeptTrial {
  const row = new Float64Array(numbers)
  const end = headBytes + 8 * numbers
  new Uint8Array(row.buffer).set(record.subarray(headBytes, end))
  // A copy: what is deserialised goes on lying in the bytes that it came from.
  const rest = record.length > end ? (deserialize(new Uint8Array(record.subarray(end))) as Partial<KeptTrial>) : {}
  return { ...rest, replication: record.readDoubleLE(16), wallMs: record.readDoubleLE(24), row }
}

/** A file from its begin to its end. */
class Bytes {
  private readonly handle: number
  /** Bytes of the file that were not handed out yet: a damaged length is no reason to ask for gigabytes. */
  private left: number
  private bytes = Buffer.allocUnsafe(readBytes)
  private from = 0
  private to = 0

  constructor(handle: number) {
    this.handle = handle
    this.left = fstatSync(handle).size
  }

  /** The next so many bytes, valid until the next call; null where the file ends before. */
  peek(length: number): Buffer | null {
    if (length > this.left) return null
    while (this.to - this.from < length) {
      if (this.bytes.length - this.from < length) this.makeRoom(length)
      const read = readSync(this.handle, this.bytes, this.to, this.bytes.length - this.to, null)
      if (read === 0) return null
      this.to += read
    }
    return this.bytes.subarray(this.from, this.from + length)
  }

  skip(length: number): void {
    this.from += length
    this.left -= length
  }

  private makeRoom(length: number): void {
    const larger = length > this.bytes.length ? Buffer.allocUnsafe(length) : this.bytes
    this.bytes.copy(larger, 0, this.from, this.to)
    this.bytes = larger
    this.to -= this.from
    this.from = 0
  }
}
