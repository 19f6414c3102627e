import type { OptionSchema } from '../../schema.ts'
import { forecastOptions } from '../forecasts/index.ts'

/** Options of policies that put work off. */
export const slackOptions: Readonly<Record<string, OptionSchema>> = {
  slackHours: {
    type: 'number',
    description:
      'How many hours a job may be put off after its submission, if its deadline allows; 0: it never is, only the place is chosen.',
    default: 24,
    minimum: 0,
    maximum: 8784,
  },
  reserve: {
    type: 'number',
    description: 'Part of the estimated run time that is kept free before a deadline, for work that takes longer.',
    default: 0.2,
    minimum: 0,
    maximum: 10,
  },
}

/** Options of policies that shift work in time and space. */
export const shiftingOptions = (unit: string, perSecond: number): Readonly<Record<string, OptionSchema>> => ({
  ...slackOptions,
  interruptible: {
    type: 'boolean',
    description:
      'Whether stages with checkpoints that do not lie on nodes run in several pieces: they are suspended in dear hours and go on in cheap ones.',
    default: false,
  },
  per: {
    type: 'string',
    description:
      'What is compared: node: what the job itself adds there (power of the nodes, their speed, PUE); region: only what a kilowatt-hour comes to there, over the run time.',
    enum: ['node', 'region'],
    default: 'node',
  },
  ...forecastOptions,
  network: {
    type: 'number',
    description: `${unit} that a second on the ways of request, data and answer counts for, beside the energy; 0: not weighed.`,
    default: perSecond,
    minimum: 0,
  },
})
