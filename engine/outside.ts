/** Hooks of a run whose attempts and nodes are not simulated: the few places where a simulation would know by itself. */
export interface Outside {
  /** All that the attempt needs is on its way or there; what it has to do is known. */
  launch(slot: number): void
  /** The attempt is taken away: it did not end by itself. */
  stopped(slot: number): void
  /** A failure comes (or goes); true if the outside will say which nodes or pairs went down (or up) by it. */
  effect(effect: number, comes: boolean): boolean
  /** What was told for this time. */
  happened(fact: number): void
}
