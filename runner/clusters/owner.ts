/** Who is at work: a process by its id and the time when it began, so that a later process of the same id is not taken for it. */
import { readFileSync } from 'node:fs'

/** This process. */
export const owner = (): string => `${process.pid}-${startOf(process.pid) ?? 0}`

/** Whether that process, as `owner` called it, is still there. */
export function isAlive(owner: string): boolean {
  const [pid, start] = owner.split('-').map(Number)
  const now = startOf(pid)
  return now === null ? isThere(pid) && start === 0 : now === start
}

/** Clock ticks from the boot of the machine to its begin; null where there is no such process any more, or no /proc. */
function startOf(pid: number): number | null {
  try {
    // The name, in brackets, may hold anything; after it comes the state, and as the 20th field the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    // Ended, but nobody has asked how.
    return fields[0] === 'Z' ? null : Number(fields[19])
  } catch {
    return null
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
