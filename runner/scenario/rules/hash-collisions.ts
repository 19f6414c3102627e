import { hashName } from '../../../engine/random.ts'
import type { Path } from '../document.ts'
import type { Rule } from './rule.ts'

/** Names of one kind must not share a hash: their random numbers would be the same. */
export const hashCollisions: Rule = ({ view, problems }) => {
  const check = (items: readonly ({ name?: string | undefined } | undefined)[], path: Path) => {
    const seen = new Map<number, string>()
    for (const [i, item] of items.entries()) {
      if (item?.name === undefined) continue
      const hash = hashName(item.name)
      const other = seen.get(hash)
      if (other !== undefined && other !== item.name)
        problems.add('hash-collision', [...path, i, 'name'], `“${item.name}” and “${other}” have the same 32-bit hash`)
      seen.set(hash, item.name)
    }
  }
  check(view.fabric?.clusters ?? [], ['spec', 'fabric', 'clusters'])
  check(view.workloads ?? [], ['spec', 'workloads'])
}
