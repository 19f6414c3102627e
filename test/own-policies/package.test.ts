/** The package as npm packs it, in an empty project: a policy from `init policy` runs there, and its types are checked. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'fabricdt-package-'))
afterAll(() => rmSync(project, { recursive: true, force: true }))

/** As `npm install` would leave it, without asking the registry: dependencies are those of the checkout. */
beforeAll(async () => {
  const { stdout } = await execa('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    cwd: root,
  })
  const installed = join(project, 'node_modules/fabricdt-run')
  mkdirSync(installed, { recursive: true })
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  await execa('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components=1'])
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'))
  // What `npm init -y` writes.
  writeFileSync(join(project, 'package.json'), '{"name": "empty", "version": "1.0.0", "type": "commonjs"}')
})

const cli = (...args: string[]) =>
  execa(process.execPath, [join(project, 'node_modules/fabricdt-run/runner/bin/fabricdt-run.mjs'), ...args], {
    cwd: project,
    reject: false,
    timeout: 100_000,
  })

const tsc = (...files: string[]) => {
  const strict = { strict: true, exactOptionalPropertyTypes: true, allowJs: true, checkJs: true, noEmit: true }
  // Types of nothing else are there, and those of the package are looked through.
  const alone = { skipLibCheck: false, types: [], lib: ['es2023'], target: 'es2022', module: 'nodenext' }
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { ...strict, ...alone, noUncheckedIndexedAccess: files[0].endsWith('ts') },
      files,
    }),
  )
  return execa(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], { reject: false })
}

test('a policy from `init policy` runs, holds to the suite, and is kept with the results', async () => {
  expect((await cli('init', 'policy', 'mine.js')).exitCode).toBe(0)
  // Node takes it for CommonJS here.
  expect(readFileSync(join(project, 'mine.js'), 'utf8')).toMatch(/^module\.exports = policy$/m)
  expect(await cli('conformance', './mine.js')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/all hold$/),
  })
  const first = 'node_modules/fabricdt-run/scenarios/first.yaml'
  const run = await cli(first, '--policy', './mine.js', '--policy', 'greedy-latency', '--replications', '2')
  expect(run.exitCode).toBe(0)
  expect(run.stdout).toMatch(/^mine {2}/m)
  const [folder] = readdirSync(join(project, 'out/first'))
  const files = readdirSync(join(project, 'out/first', folder))
  const { stdout } = await cli('explain', join('out/first', folder), '--policy', 'mine', '--limit', '1')
  expect(stdout).toMatch(/^mine at .*\n {3}node +cluster +score +waysS +workS +crowdingS\n/)
  expect(files).toContainEqual(expect.stringMatching(/^policy-[0-9a-f]{12}-mine\.js$/))
})

test('its types are checked, in JavaScript and in TypeScript', async () => {
  await cli('init', 'policy', 'typed.mts')
  await cli('init', 'policy', 'commented.mjs')
  expect(await tsc('typed.mts')).toMatchObject({ exitCode: 0, stdout: '' })
  expect(await tsc('commented.mjs', 'mine.js')).toMatchObject({ exitCode: 0, stdout: '' })
  const wrong = readFileSync(join(project, 'typed.mts'), 'utf8').replace(
    'pass.leastAllocatedIn(',
    'pass.leastAllocatedIm(',
  )
  writeFileSync(join(project, 'wrong.mts'), wrong)
  expect((await tsc('wrong.mts')).stdout).toContain("Property 'leastAllocatedIm' does not exist on type 'Pass'")
})

test('parts of the table’s policies can be put together anew', async () => {
  writeFileSync(
    join(project, 'composed.mjs'),
    `import { choices, compose, orders } from 'fabricdt-run/policy'
export default {
  name: 'composed',
  summary: 'The shortest first, onto the fullest node; others may go before a head that does not fit.',
  options: {},
  create: () => compose({ order: orders.sjf, blocking: true, choice: choices['best-fit'](), backfill: 'easy' }),
}
`,
  )
  expect(await cli('conformance', './composed.mjs')).toMatchObject({ exitCode: 0 })
})

test('what is there already is not overwritten, and TypeScript that Node would take for CommonJS is not written', async () => {
  expect(await cli('init', 'policy', 'mine.js')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('mine.js is there already'),
  })
  expect(await cli('init', 'policy', 'typed.ts')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Call it typed.mts'),
  })
})
