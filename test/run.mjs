// Everything that must hold, in one command: build, format and lint, types, dead code, tests. Ends with the count
// of the real run, alone on its line.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
mkdirSync(`${root}out`, { recursive: true })
const bin = name => `${root}node_modules/${name}`
const steps = [
  ['build', [`${root}runner/bin/build.mjs`]],
  ['format and lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
  ['types', [bin('typescript/bin/tsc'), '-p', 'test/tsconfig.json']],
  ['dead code', [bin('knip/bin/knip.js')]],
]
const testsOnly = process.argv.includes('--tests-only')
let failed = false
for (const [name, args] of testsOnly ? steps.slice(0, 1) : steps) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}: ${name}\n`)
  if (status !== 0) failed = true
}

const report = `${root}out/test-report-${process.versions.node.split('.')[0]}.json`
const filters = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const tests = spawnSync(
  process.execPath,
  [
    bin('vitest/vitest.mjs'),
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter',
    'default',
    '--reporter',
    'json',
    '--outputFile',
    report,
    ...filters,
  ],
  { cwd: root, stdio: 'inherit' },
)
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'))
if (tests.status !== 0 || numPassedTests === 0) failed = true
process.stdout.write(
  `\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped\n`,
)
process.exitCode = failed ? 1 : 0
