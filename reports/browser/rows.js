/** Rows of a chart as objects, one for each element of each series. */
export function rowsOf(chart) {
  return chart.series.flatMap(({ name, values }) => {
    const fields = Object.keys(values)
    return values[fields[0]].map((_, i) => {
      const row = { series: name }
      for (const field of fields) row[field] = values[field][i]
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
