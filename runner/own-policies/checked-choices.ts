/** Choices of a node under guard: what they choose must be a node on which a task fits. */
import type { Choice, Pass, Tell } from '../../engine/index.ts'
import { nodeProblem } from './node-problem.ts'

type Guard = <T>(pass: Pass, stage: number, act: () => T) => T

export class CheckedChoices {
  private readonly known = new WeakMap<Choice, Choice>()
  private readonly passOf: (pass: Pass) => Pass
  private readonly guarded: Guard

  constructor(passOf: (pass: Pass) => Pass, guarded: Guard) {
    this.passOf = passOf
    this.guarded = guarded
  }

  /** The same for the same: the engine may remember choices. */
  of(choice: Choice): Choice {
    const known = this.known.get(choice)
    if (known !== undefined) return known
    const checked = this.checked(choice)
    this.known.set(choice, checked)
    return checked
  }

  private checked(choice: Choice): Choice {
    if (typeof choice?.choose !== 'function') throw new Error('a choice is an object with a function `choose`')
    const { explain, gpu, placed } = choice
    const { passOf, guarded } = this
    return {
      get score() {
        return typeof choice.score === 'number' ? choice.score : Number.NaN
      },
      choose: (pass, stage) => guarded(pass, stage, () => legal(pass, stage, choice.choose(passOf(pass), stage))),
      ...(placed === undefined ? {} : { placed: (node: number) => placed.call(choice, node) }),
      ...(gpu === undefined
        ? {}
        : { gpu: (pass: Pass, stageClass: number, node: number) => gpu.call(choice, passOf(pass), stageClass, node) }),
      ...(explain === undefined
        ? {}
        : {
            explain: (pass: Pass, stage: number, tell: Tell) =>
              guarded(pass, stage, () => explain.call(choice, passOf(pass), stage, tell)),
          }),
      ...(choice.alike === undefined ? {} : { alike: choice.alike }),
    }
  }
}

function legal(pass: Pass, stage: number, node: number): number {
  if (node === -1) return -1
  const problem = nodeProblem(pass, stage, node)
  if (problem !== null) throw new Error(problem)
  return node
}
