// node test/bench/startup.mjs [times]: CPU milliseconds of a cold command, median, as one line of JSON. `node` alone is what
// nobody can save. Goal: 150 for --help and validate.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { command, median } from './command.mjs'

const times = Number(process.argv[2] ?? 10)
const scenarios = fileURLToPath(new URL('../../scenarios', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'fabricdt-startup-'))

const commands = {
  help: ['--help'],
  validate: ['validate', join(scenarios, 'zone-blackout.yaml')],
  dryRun: [join(scenarios, 'zone-blackout.yaml'), '--dry-run', '--out', out],
  smallRun: [join(scenarios, 'first.yaml'), '--quiet', '--replications', '2', '--no-cache', '--out', out],
}

/** @type {Record<string, number[]>} */
const measured = { node: [] }
for (const name of Object.keys(commands)) measured[name] = []
try {
  for (let i = 0; i < times; i++) {
    measured.node.push(bareMs())
    for (const [name, args] of Object.entries(commands)) measured[name].push(command(args).cpuMs)
  }
} finally {
  rmSync(out, { recursive: true, force: true })
}
const medians = Object.fromEntries(Object.entries(measured).map(([name, all]) => [name, Math.round(median(all))]))
console.log(JSON.stringify({ cpuMs: medians, times, goal: { help: 150, validate: 150 } }))

function bareMs() {
  const text = 'const { userCPUTime: u, systemCPUTime: s } = process.resourceUsage(); console.log((u + s) / 1000)'
  return Number(spawnSync(process.execPath, ['-e', text], { encoding: 'utf8' }).stdout)
}
