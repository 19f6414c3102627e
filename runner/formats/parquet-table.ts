/** Parquet tables as text, so that every format that is a table of text is read from either. */
import { FabricdtError } from '../errors.ts'

/** Whether the bytes are those of a Parquet file. */
export const isParquet = (bytes: Uint8Array): boolean =>
  bytes[0] === 80 && bytes[1] === 65 && bytes[2] === 82 && bytes[3] === 49

/** The table as CSV with a header line; times as ISO. Throws FabricdtError `bad-trace` where it cannot be read. */
export async function parquetToCsv(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const { parquetReadObjects } = await import('hyparquet')
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  let rows: Record<string, unknown>[]
  try {
    rows = await parquetReadObjects({ file: buffer })
  } catch (cause) {
    throw new FabricdtError('bad-trace', `${file}: not readable as Parquet: ${(cause as Error).message}`, {
      hint: 'Only uncompressed and Snappy pages are read; convert others to these, or to CSV.',
      cause,
    })
  }
  const names = Object.keys(rows[0] ?? {})
  const lines = [names.map(cell).join(','), ...rows.map(row => names.map(name => cell(row[name])).join(','))]
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  const text = typeof value === 'object' ? JSON.stringify(value, plain) : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
