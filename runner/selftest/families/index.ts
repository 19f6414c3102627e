/** The table of families: one file each (M/D/1 is an M/G/1), one line each. */
import type { Family } from '../experiment.ts'
import { availability } from './availability.ts'
import { coverage } from './coverage.ts'
import { emissions } from './emissions.ts'
import { energy } from './energy.ts'
import { finiteRoom } from './finite-room.ts'
import { laws } from './laws.ts'
import { md1, mg1 } from './mg1.ts'
import { mm1 } from './mm1.ts'
import { mmc } from './mmc.ts'
import { processorSharing } from './processor-sharing.ts'
import { statistics } from './statistics.ts'
import { tandem } from './tandem.ts'
import { priorities } from './two-classes.ts'

export const families: readonly Family[] = [
  mm1,
  mmc,
  finiteRoom,
  md1,
  mg1,
  processorSharing,
  priorities,
  tandem,
  availability,
  energy,
  emissions,
  laws,
  coverage,
  statistics,
]
