import { rowsOf } from './rows.js'

/** Charts and their data as files, made on the spot: nothing is fetched. */
export function attachDownloads(charts) {
  for (const group of document.querySelectorAll('.downloads')) {
    group.hidden = false
    group.addEventListener('click', ({ target }) => {
      const figure = group.closest('figure')
      const chart = charts.find(({ id }) => id === figure.id)
      const kind = target.closest('button')?.dataset.download
      if (kind === 'svg') save(`${chart.id}.svg`, 'image/svg+xml', svgOf(figure, chart.title))
      if (kind === 'csv') save(`${chart.id}.csv`, 'text/csv', csvOf(chart))
    })
  }
}

function save(name, type, text) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The chart as it is seen, on its own: colours of the page written out, with title, background and font. */
export function svgOf(figure, title) {
  const page = getComputedStyle(document.documentElement)
  const { color } = getComputedStyle(figure)
  const copy = figure.querySelector('.plot svg').cloneNode(true)
  const { width, height } = copy.viewBox.baseVal
  const part = (name, attributes, text = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    element.textContent = text
    return element
  }
  for (const [key, value] of Object.entries({ width, height, 'font-family': 'sans-serif' }))
    copy.setAttribute(key, value)
  copy.removeAttribute('aria-hidden')
  copy.prepend(part('title', {}, title), part('rect', { width, height, fill: page.getPropertyValue('--page').trim() }))
  return new XMLSerializer()
    .serializeToString(copy)
    .replace(/var\((--[\w-]+)\)/g, (_, name) => page.getPropertyValue(name).trim())
    .replaceAll('currentColor', color)
}

/** RFC 4180, with units in the head. A cell that a spreadsheet would run as a formula is quoted as text. */
export function csvOf(chart) {
  const { columns, seriesHeader } = chart
  const lines = rowsOf(chart).map(row => [row.series, ...columns.map(({ field }) => row[field])].map(cell).join(','))
  return `${[[seriesHeader, ...columns.map(({ header }) => header)].map(cell).join(','), ...lines].join('\r\n')}\r\n`
}

const cell = value => (typeof value === 'string' ? quote(value) : (value ?? ''))

const quote = text => {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
