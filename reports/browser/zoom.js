/** One stretch of time for all charts over time: by buttons, or by dragging over a chart with a mouse. */
import { pointerX } from './pointer.js'

let shown = null

/** Drag to look closer, double-click to see all. */
export function attachZoom(plot, view, live, end) {
  plot.classList.add('zoomable')
  apply(view, shown ?? [0, end])
  const brush = Object.assign(document.createElement('div'), { className: 'brush', hidden: true })
  plot.append(brush)
  let start = null
  plot.addEventListener('pointerdown', event => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    event.preventDefault()
    start = pointerX(event, plot, view)
    plot.setPointerCapture(event.pointerId)
  })
  plot.addEventListener('pointermove', event => {
    if (start !== null) drawBrush(brush, start, pointerX(event, plot, view))
  })
  plot.addEventListener('pointerup', event => {
    if (start === null) return
    const [from, to] = [start.x, pointerX(event, plot, view).x].sort((a, b) => a - b)
    start = null
    brush.hidden = true
    const invert = x => Math.max(0, Math.min(end, view.scale('x').invert(x)))
    if (to - from > 6) zoomTo(live, [invert(from), invert(to)])
  })
  plot.addEventListener('dblclick', () => zoomTo(live, null, end))
}

function drawBrush(brush, start, now) {
  const [left, right] = [start.toPlot(start.x), now.toPlot(now.x)].sort((a, b) => a - b)
  brush.hidden = false
  brush.style.left = `${left}px`
  brush.style.width = `${right - left}px`
}

/** Buttons of the section: the whole run, or a failure with some time around it. */
export function attachZoomButtons(live, end) {
  for (const group of document.querySelectorAll('.zoom')) {
    group.hidden = false
    group.addEventListener('click', ({ target }) => {
      const { from, to } = target.dataset
      if (from === undefined) return
      const around = (to - from) / 2 || end / 20
      zoomTo(live, from === '' ? null : [Math.max(0, from - around), Math.min(end, Number(to) + around)], end)
      for (const button of group.querySelectorAll('button'))
        button.setAttribute('aria-pressed', String(button === target))
    })
  }
}

function zoomTo(live, stretch, end) {
  shown = stretch
  for (const { chart, view } of live.values()) if (chart.hover.x === 't') apply(view, stretch ?? [0, end])
  const whole = document.querySelector('.zoom [data-from=""]')
  for (const button of document.querySelectorAll('.zoom button')) {
    button.setAttribute('aria-pressed', String(stretch === null && button === whole))
  }
}

function apply(view, [from, to]) {
  view.signal('t0', from).signal('t1', to).runAsync()
}
