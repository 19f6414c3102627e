/** Means of queues with one server and Poisson arrivals at `rate`, for work of mean `meanS` and coefficient of variation `cv`. */

/** Wait before service, in order of arrival: Pollaczek and Khinchine (Kleinrock, volume 1, 5.7). */
export const waitInOrder = (rate: number, meanS: number, cv: number): number =>
  residualWork(rate, meanS, cv) / (1 - rate * meanS)

/** λ E[S²] / 2: what an arrival finds left of the work in service. */
export const residualWork = (rate: number, meanS: number, cv: number): number =>
  (rate * meanS * meanS * (1 + cv * cv)) / 2

/** Response of a server that all jobs share, whatever the law of their work (Kleinrock, volume 2, 4.4). */
export const sharedResponse = (rate: number, meanS: number): number => meanS / (1 - rate * meanS)

/** Response of M/M/1 that the share 1 − p of the jobs exceeds: it is exponential with the mean 1 / (1/meanS − rate). */
export const responseQuantile = (rate: number, meanS: number, p: number): number =>
  -Math.log1p(-p) * sharedResponse(rate, meanS)
