/** Parquet, one row group after another, so that a million rows never lie in memory as values. */
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'

type Values<T> = readonly (T | null)[] | Float64Array | Int32Array

export interface Column {
  readonly name: string
  readonly type: 'STRING' | 'DOUBLE' | 'INT32' | 'BOOLEAN'
  /** Whether rows may lack it; default false. */
  readonly nullable?: boolean
}

/** Values of each column, in the order of the columns, all of one length. */
export type RowGroup = readonly Values<string | number | boolean>[]

/** The file in pieces, to be written one after another. Names are written as dictionaries, numbers as they are. */
export function* writeParquet(columns: readonly Column[], groups: Iterable<RowGroup>): Generator<Uint8Array> {
  const writer = new ByteWriter()
  const schema = schemaFromColumnData({
    columnData: columns.map(({ name, type, nullable }) => ({ name, type, nullable: nullable ?? false, data: [] })),
  })
  const file = new ParquetWriter({ writer, schema, createdBy: 'fabricdt-run' })
  for (const group of groups) {
    const columnData = columns.map(({ name, type }, i) => ({
      name,
      data: group[i] as Float64Array,
      encoding: type === 'STRING' ? ('RLE_DICTIONARY' as const) : ('PLAIN' as const),
    }))
    file.write({ columnData, rowGroupSize: group[0].length })
    yield take(writer)
  }
  file.finish()
  yield take(writer)
}

/** What was written since the last time. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}
