/** What every generator keeps to. */
import { describe, expect, it } from 'vitest'
import { findFormat } from '../../runner/formats/index.ts'
import { generate, generators } from '../../runner/generators/index.ts'

describe.each(generators.map(entry => [entry.name, entry] as const))('%s', (_name, entry) => {
  const made = (options: object = {}, seed = 1, workload = 'w') =>
    generate(entry, { jobs: 200, ...options }, seed, workload)

  it('says what it is and what each option means', () => {
    expect(entry.summary).toMatch(/\.$/)
    for (const { description } of Object.values(entry.options)) expect(description).toMatch(/\.$/)
  })

  it('makes so many jobs, in order of submission, each of which can run', () => {
    const { count, submitS, runS, estimateS, tasks } = made()
    expect(count).toBe(200)
    expect([...submitS]).toEqual([...submitS].sort((a, b) => a - b))
    for (let job = 0; job < count; job++) {
      expect(runS[job]).toBeGreaterThanOrEqual(0)
      expect(estimateS[job]).toBeGreaterThanOrEqual(0)
      expect(Number.isInteger(tasks[job]) && tasks[job] >= 1).toBe(true)
    }
  })

  it('makes the same of the same, and other jobs of another seed or name', () => {
    expect(made()).toEqual(made())
    expect(made({ seed: 9 }, 1)).toEqual(made({ seed: 9 }, 2))
    expect(made({}, 2).submitS).not.toEqual(made().submitS)
    expect(made({}, 1, 'other').submitS).not.toEqual(made().submitS)
  })

  it('begins alike, however many jobs are asked for', () => {
    const more = made({ jobs: 300 })
    expect(more.runS.slice(0, 200)).toEqual(made().runS)
    expect(more.submitS.slice(0, 200)).toEqual(made().submitS)
  })

  it('is written as SWF and read again', async () => {
    const swf = findFormat('swf')!
    const trace = made()
    const text = [...((await swf.write!(trace)) as Iterable<string>)].join('')
    const back = swf.read(Buffer.from(text), 'x.swf', {})
    for (const field of ['id', 'submitS', 'runS', 'tasks'] as const) expect(back[field]).toEqual(trace[field])
  })
})
