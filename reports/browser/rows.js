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

/** Numbers as the page writes them: four digits, a real minus sign. */
export function format(value) {
  const rounded = Number(value.toPrecision(4))
  return rounded.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: false }).replace('-', '\u2212')
}
