import pc from 'picocolors'

/** Lines of a table, its head dimmed; the first `left` columns are flush left, the others right. */
export function alignedRows(rows: readonly (readonly string[])[], left: number): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)))
  return rows.map((row, index) => {
    const line = row
      .map((text, column) => (column < left ? text.padEnd(widths[column]) : text.padStart(widths[column])))
      .join('  ')
    return index === 0 ? pc.dim(line) : line
  })
}
