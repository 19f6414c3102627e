/** Parquet, one row group after another, so that a million rows never lie in memory as values. */
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { writeChunk } from './chunk.ts'
import type { ColumnValues } from './values.ts'

export interface Column {
  readonly name: string
  readonly type: 'STRING' | 'DOUBLE' | 'INT32' | 'BOOLEAN'
  /** Whether rows may lack it; default false. */
  readonly nullable?: boolean
}

/** Values of each column, in the order of the columns, and how many rows they are. */
export interface RowGroup {
  readonly rows: number
  readonly columns: readonly ColumnValues[]
}

const rowsPerGroup = 100_000

/** Begins and ends of the row groups of so many rows. */
export function* rowRanges(rows: number): Generator<{ from: number; to: number }> {
  for (let from = 0; from < rows; from += rowsPerGroup) yield { from, to: Math.min(rows, from + rowsPerGroup) }
}

/** The file in pieces, to be written one after another. */
export function* writeParquet(columns: readonly Column[], groups: Iterable<RowGroup>): Generator<Uint8Array> {
  const writer = new ByteWriter()
  const schema = schemaFromColumnData({
    columnData: columns.map(({ name, type, nullable }) => ({ name, type, nullable: nullable ?? false, data: [] })),
  })
  const file = new ParquetWriter({ writer, schema, createdBy: 'fabricdt-run' })
  for (const group of groups) {
    addGroup(file, writer, columns, group)
    yield take(writer)
  }
  file.finish()
  yield take(writer)
}

function addGroup(file: ParquetWriter, writer: ByteWriter, columns: readonly Column[], group: RowGroup): void {
  const start = writer.offset
  const chunks = columns.map((column, i) => writeChunk(writer, column, group.columns[i], group.rows))
  const bytes = BigInt(writer.offset - start)
  const rows = BigInt(group.rows)
  file.row_groups.push({ columns: chunks, total_byte_size: bytes, total_compressed_size: bytes, num_rows: rows })
  file.num_rows += rows
}

/** What was written since the last time. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}
