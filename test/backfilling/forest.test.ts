/** The ordered sets against a sorted list. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Forest } from '../../engine/forest.ts'

const command = fc.record({
  slot: fc.integer({ min: 0, max: 200 }),
  key: fc.integer({ min: 0, max: 20 }),
  weight: fc.integer({ min: 0, max: 20 }),
  limit: fc.integer({ min: -1, max: 21 }),
  tree: fc.integer({ min: 0, max: 2 }),
})

it('answers as a sorted list does', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 300 }), commands => {
      const forest = new Forest(3, { before: (a, b) => a < b })
      const known = new Map<number, { slot: number; key: number; weight: number; tree: number }>()
      for (const { limit, ...entry } of commands) {
        const { slot, key, weight, tree } = entry
        const old = known.get(slot)
        if (old === undefined) {
          forest.insert(tree, slot, key, weight)
          known.set(slot, entry)
        } else {
          forest.remove(old.tree, slot)
          known.delete(slot)
        }
        const list = [...known.values()]
          .filter(each => each.tree === tree)
          .sort((a, b) => a.key - b.key || a.slot - b.slot)
        expect(forest.first(tree)).toBe(list[0]?.slot ?? -1)
        expect(forest.above(tree, key)).toBe(list.find(each => each.key > key)?.slot ?? -1)
        expect(forest.next(tree, -1, limit)).toBe(list.find(each => each.weight <= limit)?.slot ?? -1)
        // Also after one that is no longer there.
        if (old !== undefined && old.tree !== tree) continue
        const at = old ?? entry
        const isAfter = (each: typeof entry) => each.key > at.key || (each.key === at.key && each.slot > slot)
        expect(forest.next(tree, slot, limit)).toBe(
          list.find(each => isAfter(each) && each.weight <= limit)?.slot ?? -1,
        )
      }
    }),
    { numRuns: 300 },
  )
})
