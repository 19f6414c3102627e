// node test/bench/trials.mjs [count,…]: trials of a hundred jobs each, one policy: trials a second, peak memory of the whole
// process, bytes on disk a trial, and the same again from the cache, as one line of JSON.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, singleServer } from './command.mjs'

const counts = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number)
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-trials-'))
const bytesIn = out =>
  readdirSync(join(out, '.cache'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

try {
  const rows = counts.map(trials => {
    const out = join(folder, String(trials))
    const args = [singleServer, '--replications', String(trials), '--quiet', '--out', out]
    const fresh = command(args)
    const cached = command(args)
    return {
      trials,
      trialsPerS: Math.round((trials / fresh.wallMs) * 1000),
      cpuUsATrial: Math.round((fresh.cpuMs / trials) * 1000),
      peakMB: Math.round(fresh.peakMB),
      diskBytesATrial: Math.round(bytesIn(out) / trials),
      cachedS: Number((cached.wallMs / 1000).toFixed(2)),
      cachedPeakMB: Math.round(cached.peakMB),
    }
  })
  console.log(JSON.stringify({ jobsATrial: 100, rows }))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
