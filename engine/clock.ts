/**
 * The simulation clock, shared by all that measure time. In a typed array, so that reading it costs no allocation:
 * a number handed from function to function is boxed by V8 wherever the call is not inlined.
 */
export class Clock {
  private readonly seconds = new Float64Array(1)

  get now(): number {
    return this.seconds[0]
  }

  set now(seconds: number) {
    this.seconds[0] = seconds
  }
}
