/** What the pointer is told: all series at its x, or the mark under it. */
import { pointerX } from './pointer.js'
import { format } from './rows.js'

const tip = document.getElementById('tip')

export function attachHover(chart, plot, view) {
  if (chart.hover.kind === 'mark') attachMarkHover(chart, view)
  else attachCrosshair(chart, plot, view)
}

function attachMarkHover({ hover, columns }, view) {
  view.addEventListener('pointermove', (event, item) => {
    const row = item?.datum
    if (row?.[hover.y] === undefined) return hide()
    const p = columns.some(column => column.field === 'p') ? `, p ${row.p < 0.001 ? '< 0.001' : format(row.p)}` : ''
    show(event, row[hover.title] ?? row.series, [{ label: '', value: `${describe(row, hover)}${p}` }])
  })
  view.addEventListener('pointerout', hide)
}

function attachCrosshair({ series, hover }, plot, view) {
  const cross = Object.assign(document.createElement('div'), { className: 'cross', hidden: true })
  plot.append(cross)
  plot.addEventListener('pointermove', event => {
    const { x, toPlot } = pointerX(event, plot, view)
    const rows = series.flatMap((one, i) => nearest(one, i, x, view, hover))
    cross.hidden = rows.length === 0 || x < 0 || x > view.signal('width')
    if (cross.hidden) return hide()
    const closest = rows.reduce((a, b) => (a.distance <= b.distance ? a : b))
    cross.style.left = `${toPlot(closest.px)}px`
    show(
      event,
      closest.title ?? `${format(closest.at)} ${hover.xUnit}`,
      rows.map(row => ({ ...row, label: row.name })),
    )
  })
  plot.addEventListener('pointerleave', () => {
    cross.hidden = true
    hide()
  })
}

/** The element of a series that is nearest to a pixel; nothing where the series does not reach there. */
function nearest({ name, values, texts }, index, x, view, hover) {
  const scale = view.scale('x')
  const column = values[hover.x]
  let best = -1
  let distance = Number.POSITIVE_INFINITY
  for (let i = 0; i < column.length; i++) {
    const away = Math.abs(scale(column[i]) - x)
    if (away < distance) {
      best = i
      distance = away
    }
  }
  if (distance > (hover.reach ?? 24)) return []
  const row = { [hover.y]: values[hover.y][best], low: values.low?.[best], high: values.high?.[best] }
  const title = texts?.[hover.title]?.[best]
  return [{ name, index, title, value: describe(row, hover), at: column[best], px: scale(column[best]), distance }]
}

function describe(row, { y, yUnit, interval }) {
  if (typeof row[y] !== 'number') return row.label ?? 'nothing'
  const value = `${format(row[y])} ${yUnit}`
  return interval && row.low !== row.high ? `${value} (${format(row.low)} to ${format(row.high)})` : value
}

function show(event, title, rows) {
  const head = Object.assign(document.createElement('p'), { textContent: title })
  tip.replaceChildren(head, ...rows.map(line))
  tip.hidden = false
  const { width, height } = tip.getBoundingClientRect()
  const left = event.clientX + 16 + width > innerWidth ? event.clientX - 16 - width : event.clientX + 16
  tip.style.left = `${Math.max(4, left)}px`
  tip.style.top = `${Math.max(4, Math.min(innerHeight - height - 4, event.clientY + 16))}px`
}

function line({ label, value, index }) {
  const row = document.createElement('div')
  if (index !== undefined) {
    const swatch = document.createElement('i')
    swatch.style.background = `var(--series-${(index % 8) + 1})`
    row.append(swatch)
  }
  row.append(label, Object.assign(document.createElement('b'), { textContent: value }))
  return row
}

function hide() {
  tip.hidden = true
}
