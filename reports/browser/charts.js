/** Replaces static charts by live ones as they come near the screen, and keeps them at the width of the page. */
import { attachHover } from './hover.js'
import { rowsOf } from './rows.js'
import { createView } from './runtime.js'
import { attachZoom } from './zoom.js'

/** Charts that are alive, by id. */
export const live = new Map()

let observer

export function wakeCharts(data) {
  observer = new IntersectionObserver(
    entries => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue
        observer.unobserve(target)
        const figure = target.closest('figure')
        wake(
          data.charts.find(({ id }) => id === figure.id),
          target,
          data,
        )
      }
    },
    { rootMargin: '300px' },
  )
  for (const plot of document.querySelectorAll('.plot')) observer.observe(plot)
}

/** A chart with other data: in a fresh place, so that nothing listens to the old one. */
export function redraw(chart, plot) {
  live.get(chart.id)?.view.finalize()
  live.delete(chart.id)
  const fresh = plot.cloneNode(false)
  fresh.classList.remove('live', 'zoomable')
  fresh.style.minHeight = `${chart.height}px`
  plot.replaceWith(fresh)
  observer.observe(fresh)
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
    plot.style.minHeight = ''
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
