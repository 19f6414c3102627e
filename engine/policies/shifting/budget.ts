/** A budget that fills at a steady rate up to what an hour brings, and is empty at the begin of no run: it begins full. */
export class Budget {
  private readonly perS: number
  private readonly most: number
  private left: number
  private sinceS = 0

  /** `perHour` above 0. */
  constructor(perHour: number) {
    this.perS = perHour / 3600
    this.most = perHour
    this.left = perHour
  }

  /** What may be spent at a time, which never goes back. */
  at(nowS: number): number {
    this.left = Math.min(this.most, this.left + this.perS * (nowS - this.sinceS))
    this.sinceS = nowS
    return this.left
  }

  /** Seconds from then until so much may be spent; more than an hour brings may be once it is full. */
  secondsUntil(amount: number): number {
    return Math.max(0, (Math.min(amount, this.most) - this.left) / this.perS)
  }

  /** It may go below 0: who was let through although it was empty is paid for by those who come after. */
  spend(amount: number): void {
    this.left -= amount
  }
}
