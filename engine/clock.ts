/**
 * The simulation clock, shared by all that measure time. In a typed array, so that reading it costs no allocation:
 * a number handed from function to function is boxed by V8 wherever the call is not inlined.
 */
export class Clock {
  private readonly seconds = new Float64Array(2)

  get now(): number {
    return this.seconds[0]
  }

  set now(seconds: number) {
    this.seconds[0] = seconds
  }

  /** The instant that the run goes on to: of the round that begins now. */
  get due(): number {
    return this.seconds[1]
  }

  set due(seconds: number) {
    this.seconds[1] = seconds
  }
}
