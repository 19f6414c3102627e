/** Thrown for misuse of the engine: a policy that answers what cannot be, a model that never stops. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
}
