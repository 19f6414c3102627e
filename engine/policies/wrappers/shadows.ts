/**
 * Shadows: further attempts of the same stage in other failure domains. Hot ones run too and the first to end wins;
 * those that stand by reserve, and take over from the last checkpoint when the other is lost.
 */
import type { OptionSchema } from '../../schema.ts'
import type { AfterPlacement } from '../policy.ts'

export const shadowOptions: Readonly<Record<string, OptionSchema>> = {
  shadows: {
    type: 'integer',
    description: 'Further attempts of each stage, each in a zone that no other attempt of the stage uses.',
    default: 1,
    minimum: 0,
    maximum: 8,
  },
  mode: {
    type: 'string',
    description:
      'hot: they run too, the first to end wins; standby: they reserve and take over when the other is lost.',
    enum: ['hot', 'standby'],
    default: 'hot',
  },
  only: {
    type: 'string',
    description: 'Which jobs get shadows: those with a deadline, or all.',
    enum: ['deadline', 'all'],
    default: 'deadline',
  },
}

export function withShadows(options: Readonly<Record<string, unknown>>): AfterPlacement {
  const shadows = (options.shadows as number | undefined) ?? 1
  const everyJob = options.only === 'all'
  const standby = options.mode === 'standby'
  return (pass, stage, choice) => {
    if (!everyJob && pass.deadlineOf(stage) === Number.POSITIVE_INFINITY) return
    for (let i = 0; i < shadows; i++) if (!pass.shadow(stage, choice, standby)) return
  }
}
