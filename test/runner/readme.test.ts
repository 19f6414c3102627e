/** What README says is true: its commands run, its scenario is valid, its tables name all there is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'
import { metrics } from '../../engine/metrics.ts'
import { policies } from '../../engine/policies/index.ts'
import { errors } from '../../runner/errors.ts'
import { blocks, plainCommands, readme, root } from '../readme.ts'

const out = mkdtempSync(join(tmpdir(), 'fabricdt-readme-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

test('there are examples', () => expect(plainCommands.length).toBeGreaterThan(4))

test.each(plainCommands)('%s', async command => {
  const runs = !/ (validate|schema|report|selftest)( |$)/.test(command)
  const words = command.replace('npx fabricdt-run', `"${process.execPath}" runner/bin/fabricdt-run.mjs`)
  const { exitCode, stderr } = await execa({
    shell: true,
    cwd: root,
    reject: false,
    timeout: 110_000,
  })`${runs ? `${words} --out ${out}` : words}`
  expect([exitCode, stderr.includes('error')]).toEqual([0, false])
})

test('the scenario in it is valid', async () => {
  const file = join(out, 'readme.yaml')
  writeFileSync(file, blocks('yaml')[0])
  const { exitCode, stderr } = await execa(
    process.execPath,
    [join(root, 'runner/bin/fabricdt-run.mjs'), 'validate', file],
    { reject: false },
  )
  expect([exitCode, stderr]).toEqual([0, ''])
})

test('it names every metric, every policy and every exit code', () => {
  for (const metric of metrics) expect(readme).toContain(`\`${metric.name}\``)
  for (const { name } of policies) expect(readme).toContain(`\`${name}\``)
  for (const code of new Set(Object.values(errors).map(error => error.exit)))
    expect(readme).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'))
})
