/** What the page does beyond being read: live charts, a zoom over time, sorting, downloads. Bundled by runner/bin/build.mjs. */
import { live, wakeCharts } from './charts.js'
import { attachDownloads } from './download.js'
import { attachPoints } from './points.js'
import { makeSortable } from './sort.js'
import { attachZoomButtons } from './zoom.js'

const data = JSON.parse(document.getElementById('data').textContent)
makeSortable()
attachDownloads(data.charts)
attachZoomButtons(live, data.end)
wakeCharts(data)
attachPoints(data)
