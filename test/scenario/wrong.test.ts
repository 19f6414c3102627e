import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ScenarioError } from '../../runner/errors.ts'
import { loadScenario } from '../../runner/scenario/load.ts'
import { renderDiagnostics } from '../../runner/scenario/render-diagnostics.ts'

const folder = new URL('../wrong/', import.meta.url).pathname
const names = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .map(name => name.slice(0, -'.yaml'.length))

/** Diagnostics as a person sees them, wherever the checkout lies. */
async function rendered(name: string): Promise<string> {
  try {
    await loadScenario(`${folder}${name}.yaml`)
    return 'nothing is wrong\n'
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    return renderDiagnostics(error.diagnostics, { colour: false })
      .replaceAll(folder, '')
      .replaceAll(`${relative(process.cwd(), folder)}/`, '')
  }
}

describe('wrong scenarios', () => {
  test('there are many', () => expect(names.length).toBeGreaterThanOrEqual(25))

  // FABRICDT_WRITE_EXPECTED=1 writes what is said now, to be read before it is committed.
  test.each(names)('%s', async name => {
    const file = `${folder}${name}.expected.txt`
    const text = await rendered(name)
    expect(text).not.toBe('nothing is wrong\n')
    if (process.env.FABRICDT_WRITE_EXPECTED === '1') writeFileSync(file, text)
    expect(existsSync(file), `${name}.expected.txt is missing`).toBe(true)
    expect(text).toBe(readFileSync(file, 'utf8'))
  })
})
