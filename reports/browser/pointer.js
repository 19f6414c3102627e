/** Where the pointer is, in pixels of the chart's plotting area. */
export function pointerX(event, plot, view) {
  const svg = plot.querySelector('svg')
  const box = svg.getBoundingClientRect()
  const scale = box.width / svg.viewBox.baseVal.width
  const padding = view.padding()
  const left = view.origin()[0] + padding.left
  return {
    x: (event.clientX - box.left) / scale - left,
    toPlot: x => (x + left) * scale + box.left - plot.getBoundingClientRect().left,
  }
}
