import { expect, it } from 'vitest'
import { Interruptions } from '../../runner/execute/interruptions.ts'

it('interruptions are a sentence a cluster, however many there are', () => {
  const interruptions = new Interruptions()
  expect(interruptions.problems).toEqual([])
  for (const atS of [4, 4.04, 9]) interruptions.add('a', atS, 'socket hang up')
  interruptions.add('b', 5, 'refused')
  interruptions.add('b', 7, 'no answer in time')
  expect([...interruptions.clusters]).toEqual(['a', 'b'])
  expect(interruptions.problems).toEqual([
    { what: 'watch', why: 'a: watches broke off 3 times, from 4.0 s to 9.0 s (socket hang up)' },
    { what: 'watch', why: 'b: watches broke off 2 times, from 5.0 s to 7.0 s (refused)' },
  ])
})
