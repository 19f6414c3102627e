/** Values of a column as bytes: numbers as they lie in memory, texts and what repeats as a dictionary and places in it. */
import { ByteWriter } from 'hyparquet-writer'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import type { Column } from './write.ts'

/** Texts by their code; −1: none. */
export interface Texts {
  readonly codes: Int32Array | Uint8Array
  readonly text: (code: number) => string
}

/** Numbers (NaN in a column that may lack values: none), 0 and 1 for booleans, or texts. */
export type ColumnValues = Float64Array | Int32Array | Uint8Array | Texts

export type Numbers = Float64Array | Int32Array | Uint8Array

export const texts = (codes: Texts['codes'], text: (code: number) => string): Texts => ({ codes, text })

/** One text in all rows. */
export const same = (text: string, rows: number): Texts => texts(new Uint8Array(rows), () => text)

/** Without a dictionary, `data` are the values themselves. */
export interface Encoded {
  readonly dictionary: { readonly count: number; readonly bytes: Uint8Array } | null
  readonly data: Uint8Array
  readonly range: { min_value: number; max_value: number } | null
}

/** A column that says the same everywhere is a dictionary of one. */
export function encodeNumbers(type: Column['type'], values: Numbers): Encoded {
  const range = type === 'BOOLEAN' || values.length === 0 ? null : rangeOf(values)
  if (type === 'BOOLEAN') return { dictionary: null, data: bits(values), range }
  if (range === null || range.min_value !== range.max_value)
    return { dictionary: null, data: bytesOf(values), range: Number.isNaN(range?.min_value) ? null : range }
  const one = bytesOf(values.slice(0, 1))
  return { dictionary: { count: 1, bytes: one }, data: places(new Int32Array(values.length), 1), range }
}

/** The dictionary holds the texts in the order in which they turn up. */
export function encodeTexts(codes: Numbers, text: (code: number) => string): Encoded {
  const { places: at, used } = placesOf(codes, text)
  if (used.length === 0) return { dictionary: null, data: new Uint8Array(), range: null }
  const bytes = new ByteWriter()
  for (const each of used) {
    const encoded = Buffer.from(each)
    bytes.appendUint32(encoded.length)
    bytes.appendBytes(encoded)
  }
  return { dictionary: { count: used.length, bytes: bytes.getBytes() }, data: places(at, used.length), range: null }
}

/** Of each row the place of its text among those used. */
function placesOf(codes: Numbers, text: (code: number) => string): { places: Int32Array; used: string[] } {
  const places = new Int32Array(codes.length)
  if (codes.length === 0) return { places, used: [] }
  const { min_value: least, max_value: greatest } = rangeOf(codes)
  if (least === greatest) return { places, used: [text(greatest)] }
  const known = new Map<string, number>()
  const placeOf = new Int32Array(1 + greatest).fill(-1)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]
    if (placeOf[code] < 0) placeOf[code] = place(known, text(code))
    places[row] = placeOf[code]
  }
  return { places, used: [...known.keys()] }
}

function place(known: Map<string, number>, text: string): number {
  const at = known.get(text) ?? known.size
  known.set(text, at)
  return at
}

/** Places in a dictionary of so many: their width in bits, then runs and packed bits. */
function places(at: Int32Array, count: number): Uint8Array {
  const page = new ByteWriter()
  const width = count > 1 ? 32 - Math.clz32(count - 1) : 0
  page.appendUint8(width)
  writeRleBitPackedHybrid(page, at, width)
  return page.getBytes()
}

/** The least and the greatest; NaN where nothing can be compared. Zeros have both signs, as readers expect. */
function rangeOf(values: Numbers): { min_value: number; max_value: number } {
  let least = values[0]
  let greatest = least
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value > greatest) greatest = value
    else if (!(value >= least)) least = value
  }
  return { min_value: least === 0 ? -0 : least, max_value: greatest === 0 ? 0 : greatest }
}

/** The values as they lie in memory, which is as Parquet has them. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

function bits(values: Numbers): Uint8Array {
  const packed = new Uint8Array(Math.ceil(values.length / 8))
  for (let row = 0; row < values.length; row++) packed[row >> 3] |= values[row] << (row & 7)
  return packed
}
