import type { Results } from '../../../reports/results.ts'
import type { Experiment, Finding } from '../experiment.ts'
import { rowAt } from '../findings.ts'

/** How far a ratio may be off the factor that was measured with deploy/worker/measure: rounding only, there is no luck in it. */
const tolerance = 1e-6

/** Levels of the sweep, by how the stage then runs on the boards. */
const built = {
  native: { '.arch': '[arm64]', '.formats': '[native]' },
  wasm: { '.arch': '[arm64]', '.formats': '[wasm]' },
  emulated: { '.arch': '[amd64]', '.formats': '[native]' },
} as const

export const crossIsaOverhead: Experiment = {
  id: 'V6',
  title: 'Cross-ISA overhead',
  scenario: 'v6-cross-isa-overhead',
  criterion:
    'Run times grow by the measured factors of wasm (1.21) and emulation (2.35), and nothing is emulated where the deadline leaves no time for it.',
  executions: [],
  judge: results => [ratio(results, 'wasm', 1.21), ratio(results, 'emulated', 2.35), ...slack(results)],
}

function ratio(results: Results, how: 'wasm' | 'emulated', factor: number): Finding {
  const measured = runS(results, how) / runS(results, 'native')
  const energy = perJobJ(results, how) / perJobJ(results, 'native')
  return {
    criterion: `${how}: run time ${factor} times that of native code`,
    measured: `${Number(measured.toPrecision(6))} times, and ${Number(energy.toPrecision(3))} times the energy of a job, idle nodes included`,
    status: Math.abs(measured - factor) < tolerance ? 'pass' : 'fail',
  }
}

/** Mean run time where there is time enough for everything, seconds. */
function runS(results: Results, how: keyof typeof built): number {
  const [response, wait] = ['responseTime.mean', 'waitTime.mean'].map(
    metric => rowAt(results, { ...built[how], '.deadline': '60s' }, metric).estimate ?? Number.NaN,
  )
  return response - wait
}

const perJobJ = (results: Results, how: keyof typeof built): number =>
  rowAt(results, { ...built[how], '.deadline': '60s' }, 'energy.perJob').estimate ?? Number.NaN

/** Placements on boards of what is built for servers. */
function slack(results: Results): Finding[] {
  const [tight, loose] = ['8s', '60s'].map(
    deadline =>
      rowAt(results, { ...built.emulated, '.deadline': deadline }, 'placements', 'boards').estimate ?? Number.NaN,
  )
  return [
    {
      criterion: 'a deadline of 8 s: nothing is emulated',
      measured: `${tight} placements in the mean`,
      status: tight === 0 ? 'pass' : 'fail',
    },
    {
      criterion: 'a deadline of 60 s: boards help by emulating',
      measured: `${loose} placements in the mean`,
      status: loose > 0 ? 'pass' : 'fail',
    },
  ]
}
