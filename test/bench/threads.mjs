// node test/bench/threads.mjs [rounds]: 1 thread and 2 on the same trials, in turns, as one line of JSON. `ratio` is of the
// time of the trials (goal ≥ 1.9), `whole` of the whole command with its start and its report, `cpu` what two threads
// burn ÷ what one does. `straggler`: the same where the trials of one point of six take 20 times as long as the others'.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, median, singleServer } from './command.mjs'

const rounds = Number(process.argv[2] ?? 3)
const folder = mkdtempSync(join(tmpdir(), 'fabricdt-threads-'))
const jobs = 'spec.workloads.0.arrivals.maxJobs'
const kinds = {
  even: ['--set', `${jobs}=40000`, '--replications', '120'],
  straggler: ['--set', `${jobs}=10000,10001,10002,10003,10004,200000`, '--replications', '12'],
}

function once(args, threads) {
  const { stdout, wallMs, cpuMs } = command([
    singleServer,
    ...args,
    '--threads',
    threads,
    '--no-cache',
    '--json',
    '--out',
    folder,
  ])
  const { run } = JSON.parse(stdout)
  return { trialsS: run.wallS, wholeS: wallMs / 1000, cpuMs, trials: run.trials }
}

const spread = values => ({ median: median(values), min: Math.min(...values), max: Math.max(...values) })
const ratios = (one, two, of) => spread(one.map((each, i) => Number((of(each) / of(two[i])).toFixed(3))))

try {
  const result = Object.entries(kinds).map(([kind, args]) => {
    const [one, two] = [[], []]
    for (let round = 0; round < rounds; round++) {
      one.push(once(args, '1'))
      two.push(once(args, '2'))
    }
    return [
      kind,
      {
        ratio: ratios(one, two, each => each.trialsS),
        whole: ratios(one, two, each => each.wholeS),
        cpu: ratios(two, one, each => each.cpuMs),
        trials: one[0].trials,
        msATrial: Math.round((median(one.map(each => each.trialsS)) / one[0].trials) * 1000),
      },
    ]
  })
  console.log(JSON.stringify({ goal: 1.9, rounds, ...Object.fromEntries(result) }))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
