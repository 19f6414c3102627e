import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../runner/errors.ts'
import { diagnosticsJson, renderDiagnostics } from '../../runner/scenario/render-diagnostics.ts'
import { nearest, suggest } from '../../runner/scenario/suggest.ts'

const problem: Diagnostic = {
  code: 'unknown-field',
  severity: 'error',
  message: 'unknown field “sed” in spec',
  hint: 'Did you mean “seed”?',
  file: 'a.yaml',
  line: 12,
  column: 3,
  length: 3,
  excerpt: ['kind: Scenario', 'spec:', '  sed: 1'],
}

describe('renderDiagnostics', () => {
  test('shows place, code, frame and hint', () => {
    expect(
      renderDiagnostics([problem], { colour: false }),
    ).toBe(`a.yaml:12:3: error[unknown-field]: unknown field “sed” in spec
  10 | kind: Scenario
  11 | spec:
  12 |   sed: 1
     |   ^^^
  hint: Did you mean “seed”?
`)
  })

  test('an empty line stands between two, a warning is called so', () => {
    const text = renderDiagnostics([problem, { ...problem, severity: 'warning' }], { colour: false })
    expect(text.split('\n\n')).toHaveLength(2)
    expect(text).toContain('a.yaml:12:3: warning[unknown-field]')
  })

  test('colour is a matter of escape codes only', () => {
    const coloured = renderDiagnostics([problem], { colour: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape codes are what is meant
    expect(coloured.replace(/\u001b\[[0-9;]*m/g, '')).toBe(renderDiagnostics([problem], { colour: false }))
    expect(coloured).toContain('\u001b[31m')
  })

  test('of a very long line the part around the caret is shown', () => {
    const line = `${'x'.repeat(500)}sed${'y'.repeat(500)}`
    const text = renderDiagnostics([{ ...problem, column: 501, excerpt: [line] }], { colour: false })
    const [, shown, carets] = text.split('\n')
    expect(shown.length).toBeLessThan(160)
    expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('sed')
  })

  test('tabs and control characters neither move the caret nor reach the terminal', () => {
    const text = renderDiagnostics([{ ...problem, column: 6, excerpt: ['\t\u001b[31msed'] }], { colour: false })
    expect(text).not.toContain('\u001b')
    const [, shown, carets] = text.split('\n')
    expect(shown.indexOf('sed') - carets.indexOf('^')).toBe('\t\u001b[31m'.length - 5)
  })

  test('without an excerpt there is no frame', () => {
    const { excerpt: _excerpt, ...bare } = problem
    expect(renderDiagnostics([bare], { colour: false }).split('\n')).toHaveLength(3)
  })

  test('as JSON', () => {
    expect(diagnosticsJson([problem])).toEqual([
      {
        code: 'unknown-field',
        severity: 'error',
        message: problem.message,
        hint: problem.hint,
        file: 'a.yaml',
        line: 12,
        column: 3,
        length: 3,
      },
    ])
  })
})

describe('did you mean', () => {
  test.each([
    ['latncy', ['latency', 'within'], 'latency'],
    ['fcsf', ['fcfs', 'sjf'], 'fcfs'],
    ['Seed', ['seed'], 'seed'],
    ['q', ['a', 'b'], undefined],
    ['colour', ['seed', 'start'], undefined],
    ['latency', ['latency.mean', 'energy'], 'latency.mean'],
    ['', ['a'], undefined],
  ])('%s of %j', (name, candidates, expected) => expect(nearest(name, candidates)).toBe(expected))

  test('all are listed where they are few', () => {
    expect(suggest('colour', ['seed', 'start', 'seed'], 'otherwise')).toBe('Choose from seed, start.')
    expect(
      suggest(
        'colour',
        Array.from({ length: 21 }, (_, i) => `field-${i}`),
        'otherwise',
      ),
    ).toBe('otherwise')
  })
})
