/** Series and distributions of later points are left out: a page with them could not be opened, or read. */
export const mostPointsDrawn = 12

/** Of a point, curves are drawn of the first so many replications: each is some 30 kB, and more would change no figure. */
export const mostReplicationsDrawn = 250

/** Whether a trial's curves are needed. */
export const isDrawn = (point: number, replication: number): boolean =>
  point < mostPointsDrawn && replication < mostReplicationsDrawn
