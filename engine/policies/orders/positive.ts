/** Seconds by which, or of which the logarithm, can be taken: what is not above 0 counts as 0.1. */
export const positive = (seconds: number): number => (seconds > 0 ? seconds : 0.1)
