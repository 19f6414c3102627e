import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { namespaceStep } from '../../runner/clusters/inject/namespace.ts'
import { Journal } from '../../runner/clusters/journal.ts'
import { isAlive, owner } from '../../runner/clusters/owner.ts'
import { fabricFolder } from '../../runner/clusters/state.ts'
import { useTemporaryState } from './temporary-state.ts'

useTemporaryState()

const step = (name: string) => namespaceStep('lab', name, {})

test('what is not put back is open, last touched first', () => {
  const journal = new Journal('first')
  expect(journal.open()).toEqual([])
  const ids = ['a', 'b', 'c'].map(name => journal.touch(step(name)))
  journal.restored(ids[1])
  expect(new Journal('first').open()).toEqual([
    { id: ids[2], step: step('c'), alive: true },
    { id: ids[0], step: step('a'), alive: true },
  ])
})

test('a line that is only half there harms neither those before nor those after it', () => {
  const journal = new Journal('first')
  const id = journal.touch(step('a'))
  appendFileSync(join(fabricFolder('first'), 'journal.jsonl'), '\n{"id":"7-7-0","atMs":1,"tou')
  const next = journal.touch(step('b'))
  journal.restored(id)
  expect(journal.open().map(open => open.id)).toEqual([next])
})

test('a process is known by its id and the time of its begin', () => {
  expect(isAlive(owner())).toBe(true)
  expect(isAlive(`${process.pid}-1`)).toBe(false)
  expect(isAlive('4194305-1')).toBe(false)
})
