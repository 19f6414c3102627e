/** Rows of a chart as objects, one for each element of each series. */
export function rowsOf(chart) {
  return chart.series.flatMap(({ name, values, texts }) => {
    const columns = Object.entries({ ...values, ...texts })
    return columns[0][1].map((_, i) => {
      const row = { series: name }
      for (const [field, column] of columns) row[field] = column[i]
      return row
    })
  })
}

/** Numbers as the page writes them: three digits, a real minus sign. */
export function format(value) {
  return value
    .toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 4 : 3, useGrouping: false })
    .replace('-', '\u2212')
}
