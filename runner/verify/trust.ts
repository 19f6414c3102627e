/** What a measurement is worth: what was given, what cannot be trusted, how coarse its times are. */
import type { Given, Observation, Telemetry } from './observation.ts'
import type { Part } from './parts.ts'

/** How far off a time difference may be, in seconds: clocks, and either the API's whole seconds or the watch's lag. */
export const uncertaintyS = ({ skewMs, watchLagMs, resolutionMs }: Telemetry): number =>
  (skewMs + (resolutionMs > 1 ? resolutionMs / 2 : watchLagMs)) / 1000

/** Which given thing makes a part of the latency a given one. */
const givenParts: Partial<Record<Part, Given>> = { runTime: 'runTime', startUp: 'startUp', network: 'network' }

export const isGiven = ({ given }: Observation, part: Part): boolean => {
  const by = givenParts[part]
  return by !== undefined && given.includes(by)
}

/** Why nothing can be said about a quantity; null if it was measured. */
export function missingOf({ telemetry }: Observation, quantity: string): string | null {
  const reasons = telemetry.missing.filter(({ what }) => what === quantity || what === 'all')
  return reasons.length === 0 ? null : reasons.map(({ why }) => why).join('; ')
}

/** Whose figure a given energy is: nobody measures nodes that are only simulated. */
export const givenEnergy = ({ energy, provider }: Pick<Observation, 'energy' | 'provider'>): string =>
  energy === undefined
    ? 'the power model’s on both sides'
    : `${provider}’s nodes are simulated: what their exporter says it was told`

const sentences: Record<Given, (provider: string, observation: Observation) => string> = {
  runTime: provider => `run times: ${provider} was told how long each container runs`,
  startUp: provider => `start-up: ${provider} was told how long it takes`,
  energy: (_, observation) => `energy: ${givenEnergy(observation)}`,
  network: () => 'ways between clusters: kept by the runner’s clock, as modelled',
  telemetry: provider => `use of CPU and memory: ${provider} reports what it was told`,
}

export const givenInWords = (observation: Observation): string[] =>
  observation.given.map(what => sentences[what](observation.provider, observation))
