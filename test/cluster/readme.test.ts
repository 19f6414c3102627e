/** README's examples of real clusters, one after another as a user would. */
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kwok } from '../../runner/clusters/providers/kwok.ts'
import { clusterCommands, root } from '../readme.ts'
import { beginState, whyNot } from './fabric.ts'

const why = await whyNot(kwok)
let end = async (): Promise<void> => {}
beforeAll(() => {
  ;({ end } = beginState())
})
afterAll(() => end(), 120_000)

test('there are examples', () => expect(clusterCommands.length).toBeGreaterThan(3))

test.skipIf(why !== null).each(clusterCommands)(
  `%s${why === null ? '' : ` (${why})`}`,
  async command => {
    const words = command.replace('npx fabricdt-run', `"${process.execPath}" runner/bin/fabricdt-run.mjs`)
    const { exitCode, stderr } = await execa({ shell: true, cwd: root, reject: false, timeout: 110_000 })`${words}`
    expect(exitCode, stderr).toBe(0)
  },
  120_000,
)
