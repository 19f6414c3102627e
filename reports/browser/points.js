/** Which point of a sweep the curves are of. */
import { redraw } from './charts.js'

export function attachPoints(data) {
  const specs = new Map(data.charts.map(({ id, spec }) => [id, spec]))
  for (const label of document.querySelectorAll('.choice')) {
    label.hidden = false
    label.querySelector('select').addEventListener('change', ({ target }) => choose(data, specs, target.selectedIndex))
  }
}

function choose(data, specs, index) {
  const { name, charts } = data.points[index]
  for (const select of document.querySelectorAll('.choice select')) select.selectedIndex = index
  for (const place of document.querySelectorAll('.chosen')) place.textContent = name
  const every = new Set(data.points.flatMap(point => point.charts.map(({ id }) => id)))
  for (const id of every) {
    const chart = charts.find(candidate => candidate.id === id)
    const figure = document.getElementById(id)
    figure.hidden = chart === undefined
    if (chart !== undefined) show(data, figure, { ...chart, spec: chart.spec ?? specs.get(id) })
  }
}

function show(data, figure, chart) {
  figure.querySelector('figcaption p').textContent = chart.description
  fill(figure.querySelector('table'), chart.table)
  const known = data.charts.findIndex(({ id }) => id === chart.id)
  if (known < 0) data.charts.push(chart)
  else data.charts[known] = chart
  redraw(chart, figure.querySelector('.plot'))
}

function fill(table, { caption, head, rows }) {
  const row = (texts, kind) => {
    const tr = document.createElement('tr')
    tr.append(...texts.map(text => Object.assign(document.createElement(kind), { textContent: text })))
    for (const th of tr.querySelectorAll('th')) th.scope = 'col'
    return tr
  }
  table.caption.textContent = caption
  table.tHead.replaceChildren(row(head, 'th'))
  table.tBodies[0].replaceChildren(...rows.map(texts => row(texts, 'td')))
}
