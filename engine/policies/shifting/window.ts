import type { Pass } from '../policy.ts'

/** What a stage needs on a group of nodes and until when it has to begin there. Seconds. */
export interface Window {
  /** Ways of request and data, and of the answer. */
  outS: number
  backS: number
  /** From the placement to the begin. */
  beforeS: number
  /** Run time of what is left of it. */
  runS: number
  /** The latest placement that its deadline and its slack allow; now where it is late. */
  latestS: number
}

/** How long work may be put off. */
export interface Slack {
  readonly slackS: number
  /** Part of the run time that is kept free before a deadline. */
  readonly reserve: number
}

export const slackOf = (options: Readonly<Record<string, unknown>>): Slack => ({
  slackS: (options.slackHours as number) * 3600,
  reserve: options.reserve as number,
})

/** Fills `window` in for a stage on a group. */
export function lookAt(pass: Pass, stage: number, group: number, { slackS, reserve }: Slack, window: Window): void {
  const { classes, groups } = pass.model
  const cluster = groups.cluster[group]
  const slowness = classes.factor[pass.classOf(stage) * groups.count + group] / groups.speed[group]
  window.outS = pass.wayOut(stage, cluster)
  window.backS = pass.wayBack(stage, cluster)
  window.beforeS = window.outS + groups.startupS[group]
  window.runS = pass.leftOf(stage) * slowness
  const doneS = (pass.estimateOf(stage) - pass.leftOf(stage)) * slowness
  const needsS = window.beforeS + window.runS * (1 + reserve) + window.backS
  const latestS = Math.min(pass.submitTimeOf(stage) + slackS + doneS, pass.deadlineOf(stage) - needsS)
  window.latestS = Math.max(pass.now, latestS)
}
