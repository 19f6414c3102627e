import { describe, expect, it } from 'vitest'
import { Arena } from '../../engine/arena.ts'

type Setter = (slot: number, value: number) => void
type Getter = (slot: number) => number

const fields = Object.getOwnPropertyNames(Arena.prototype)
  .filter(name => name.startsWith('set'))
  .map(name => name[3].toLowerCase() + name.slice(4))
const setter = (arena: Arena, field: string) =>
  (arena as unknown as Record<string, Setter>)[`set${field[0].toUpperCase()}${field.slice(1)}`].bind(arena)
const getter = (arena: Arena, field: string) => (arena as unknown as Record<string, Getter>)[field].bind(arena)

describe('the record of a slot', () => {
  it('has a place of its own for each field', () => {
    const arena = new Arena()
    const slots = [arena.allocate(), arena.allocate(2), arena.allocate()]
    for (const slot of slots) for (const [i, field] of fields.entries()) setter(arena, field)(slot, 1000 * slot + i)
    for (const slot of slots)
      for (const [i, field] of fields.entries()) expect(getter(arena, field)(slot), field).toBe(1000 * slot + i)
    expect(fields.length).toBeGreaterThan(40)
  })

  it('keeps numbers of 64 bits where they are meant to be', () => {
    const arena = new Arena()
    for (const field of fields.filter(
      name => name.endsWith('S') || ['ordinal', 'key', 'factor', 'speed'].includes(name),
    )) {
      setter(arena, field)(3, 0.1)
      expect(getter(arena, field)(3), field).toBe(0.1)
    }
  })

  it('stays when there are more slots than before', () => {
    const arena = new Arena()
    for (let slot = 0; slot < 5000; slot++) arena.setSubmitS(arena.allocate(), slot)
    for (let slot = 0; slot < 5000; slot += 99) expect(arena.submitS(slot)).toBe(slot)
    arena.release(7)
    expect(arena.allocate()).toBe(7)
  })
})
