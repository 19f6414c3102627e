/**
 * One column of one row group: a page of plain numbers straight from a typed array, or a dictionary and places in it.
 * The library would look at each value as an object, several times: seconds for a million rows. What frames the pages
 * is the library's. Nothing is compressed: times hardly are, and what repeats is a run in a dictionary.
 */
import type { ParquetWriter } from 'hyparquet-writer'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import { type ColumnValues, type Encoded, encodeNumbers, encodeTexts, type Numbers } from './values.ts'
import type { Column } from './write.ts'

type Chunk = ParquetWriter['row_groups'][number]['columns'][number]
type Encoding = 'PLAIN' | 'RLE_DICTIONARY'

export function writeChunk(writer: ByteWriter, column: Column, values: ColumnValues, rows: number): Chunk {
  const start = writer.offset
  const numbers = 'codes' in values ? values.codes : values
  const isThere = column.nullable === true ? presence(numbers) : null
  const kept = isThere === null ? numbers : numbers.filter((_: number, row: number) => isThere[row] === 1)
  const { dictionary, data, range } =
    'codes' in values ? encodeTexts(kept, values.text) : encodeNumbers(column.type, kept)
  if (dictionary !== null) writeDictionary(writer, dictionary)
  const dataAt = writer.offset
  const encoding = dictionary === null ? 'PLAIN' : 'RLE_DICTIONARY'
  const levels = column.nullable === true ? levelsOf(isThere, rows) : new Uint8Array()
  writePage(writer, encoding, { rows, nulls: rows - kept.length, levels, data })
  const bytes = BigInt(writer.offset - start)
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: column.type === 'STRING' ? 'BYTE_ARRAY' : column.type,
      encodings: dictionary === null ? ['PLAIN'] : ['PLAIN', 'RLE_DICTIONARY'],
      path_in_schema: [column.name],
      codec: 'UNCOMPRESSED',
      num_values: BigInt(rows),
      total_compressed_size: bytes,
      total_uncompressed_size: bytes,
      data_page_offset: BigInt(dataAt),
      ...(dictionary === null ? {} : { dictionary_page_offset: BigInt(start) }),
      statistics: { null_count: BigInt(rows - kept.length), ...range },
    },
  }
}

/** 1 for each row that has a value; null where all have. */
function presence(numbers: Numbers): Uint8Array | null {
  const isThere = new Uint8Array(numbers.length)
  const least = numbers instanceof Float64Array ? Number.NEGATIVE_INFINITY : 0
  let missing = 0
  for (let row = 0; row < numbers.length; row++) {
    if (numbers[row] >= least) isThere[row] = 1
    else missing++
  }
  return missing === 0 ? null : isThere
}

function writeDictionary(writer: ByteWriter, { count, bytes }: NonNullable<Encoded['dictionary']>): void {
  writePageHeader(writer, {
    type: 'DICTIONARY_PAGE',
    uncompressed_page_size: bytes.length,
    compressed_page_size: bytes.length,
    dictionary_page_header: { num_values: count, encoding: 'PLAIN' },
  })
  writer.appendBytes(bytes)
}

interface Page {
  readonly rows: number
  readonly nulls: number
  readonly levels: Uint8Array
  readonly data: Uint8Array
}

function writePage(writer: ByteWriter, encoding: Encoding, { rows, nulls, levels, data }: Page): void {
  const size = levels.length + data.length
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: size,
    compressed_page_size: size,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: nulls,
      num_rows: rows,
      encoding,
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: false,
    },
  })
  writer.appendBytes(levels)
  writer.appendBytes(data)
}

/** Definition levels: 1 where a row has a value. */
function levelsOf(isThere: Uint8Array | null, rows: number): Uint8Array {
  const page = new ByteWriter()
  writeRleBitPackedHybrid(page, isThere ?? new Uint8Array(rows).fill(1), 1)
  return page.getBytes()
}
