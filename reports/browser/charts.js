/** Replaces static charts by live ones as they come near the screen, and keeps them at the width of the page. */
import { attachHover } from './hover.js'
import { rowsOf } from './rows.js'
import { createView } from './runtime.js'
import { attachZoom } from './zoom.js'

/** Charts that are alive, by id. */
export const live = new Map()

export function wakeCharts(data) {
  const charts = new Map(data.charts.map(chart => [chart.id, chart]))
  const observer = new IntersectionObserver(
    entries => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue
        observer.unobserve(target)
        wake(charts.get(target.closest('figure').id), target, data)
      }
    },
    { rootMargin: '300px' },
  )
  for (const plot of document.querySelectorAll('.plot')) observer.observe(plot)
}

/** The static chart stays until the live one is drawn, and for good where that fails. */
async function wake(chart, plot, data) {
  try {
    const host = document.createElement('div')
    const view = createView(
      chart.spec,
      { rows: rowsOf(chart), windows: data.windows.map(window => ({ ...window })) },
      host,
    )
    setWidth(view, chart, plot.clientWidth)
    await view.runAsync()
    host.querySelector('svg').setAttribute('aria-hidden', 'true')
    plot.replaceChildren(host)
    plot.classList.add('live')
    live.set(chart.id, { chart, plot, view })
    followWidth(chart, plot, view)
    attachHover(chart, plot, view)
    if (chart.hover.x === 't') attachZoom(plot, view, live, data.end)
  } catch (error) {
    console.error(`chart ${chart.id} stays static:`, error)
  }
}

/** Labels of an axis take at most four tenths of the width. */
function setWidth(view, chart, width) {
  if (chart.spec.signals?.some(({ name }) => name === 'labelLimit')) view.signal('labelLimit', width * 0.4)
  return view.width(width).height(chart.height)
}

function followWidth(chart, plot, view) {
  let width = plot.clientWidth
  new ResizeObserver(() => {
    if (plot.clientWidth === width || plot.clientWidth === 0) return
    width = plot.clientWidth
    setWidth(view, chart, width).runAsync()
  }).observe(plot)
}
