/** One policy on real clusters: the live engine and the clusters, tied together by a clock. */
import { type EventLog, Live, type LiveAttempt, type Model, type RunResult } from '../../engine/index.ts'
import { logOf } from '../../engine/log.ts'
import { policyOf } from '../own-policies/policy-of.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import type { ApplicationFigures } from '../telemetry/application.ts'
import { Lifecycle } from '../telemetry/lifecycle.ts'
import type { NodeEnergy } from '../telemetry/node-energy.ts'
import type { TelemetrySeries } from '../telemetry/series.ts'
import type { ObservedFailure } from '../verify/observation.ts'
import type { Clock } from './clock.ts'
import { Failures } from './failures.ts'
import type { Injector } from './injector.ts'
import { Interruptions } from './interruptions.ts'
import type { RenderJob } from './manifests.ts'
import { nodeIndex } from './node-index.ts'
import type { Problem } from './problem.ts'
import type { Seen, Site } from './site.ts'
import { Submissions } from './submissions.ts'

export interface ExecuteInput {
  readonly model: Model
  readonly policy: ScenarioPolicy
  readonly replication: number
  /** In the order of the model's clusters. */
  readonly sites: readonly Site[]
  readonly injector: Injector
  readonly render: RenderJob
  readonly clock: Clock
  readonly signal: AbortSignal
  /** A run in which nothing has happened for so long, though it should have, and nothing will by itself, is ended. */
  readonly stallS: number
  /** Told now and then how far it has come. */
  readonly onProgress?: (nowS: number, running: number) => void
}

export interface Executed {
  readonly result: RunResult & { readonly log: EventLog }
  /** When the Jobs of attempts were sent, engine seconds. */
  readonly appliedS: ReadonlyMap<LiveAttempt, number>
  readonly failures: readonly ObservedFailure[]
  readonly lifecycle: Lifecycle
  /** Whose Job it is, and on which node of the model. */
  readonly placeOf: (job: string) => { attempt: LiveAttempt; node: number } | undefined
  readonly problems: readonly Problem[]
  /** Names of clusters whose watches broke off. */
  readonly interrupted: ReadonlySet<string>
  /** Core-seconds of all pods of each node, by the scenario's names; absent where nobody measures them. */
  readonly nodeCpuS?: ReadonlyMap<string, number>
  /** What was measured beside it, and by whom: sentences. */
  readonly series?: readonly TelemetrySeries[]
  readonly sources?: readonly string[]
  /** Joules of nodes that were measured, and an application's figures. */
  readonly energy?: NodeEnergy | null
  readonly application?: ApplicationFigures | null
}

/**
 * Runs a policy's decisions on clusters until the scenario is through; the clock starts when they are watched. Throws
 * FabricdtError `cluster-failed` where a cluster cannot even be watched, or the signal's reason; failures that were
 * brought about are taken back on every way out.
 */
export async function executePolicy(input: ExecuteInput): Promise<Executed> {
  const run = new PolicyRun(input)
  try {
    await run.watch()
    input.clock.start()
    await run.toTheEnd()
  } finally {
    await run.takeBack()
  }
  return run.executed()
}

class PolicyRun {
  private readonly input: ExecuteInput
  private readonly live: Live
  private readonly lifecycle = new Lifecycle()
  private readonly submissions: Submissions
  private readonly failures: Failures
  private readonly problems: Problem[] = []
  private readonly interruptions = new Interruptions()
  private heardS = 0

  constructor(input: ExecuteInput) {
    const { model, policy, replication, sites, injector, render, clock } = input
    this.input = input
    this.live = new Live(
      model,
      policyOf(policy).create(policy.options),
      {
        started: attempt => this.submissions.started(attempt),
        stopped: attempt => this.submissions.stopped(attempt),
        inject: (effect, comes) => this.failures.inject(effect, comes),
      },
      { replication, record: { jobs: true, decisions: true, events: true, explanations: 'all' } },
    )
    const { live, lifecycle } = this
    this.submissions = new Submissions({ model, live, sites, render, clock, lifecycle })
    this.failures = new Failures({ model, live, injector, clock })
  }

  async watch(): Promise<void> {
    await Promise.all(this.input.sites.map((site, cluster) => site.watch(this.seen(site.name, cluster))))
  }

  private seen(name: string, cluster: number): Seen {
    const { model, clock } = this.input
    const nodes = nodeIndex(model, cluster)
    return {
      pod: pod => {
        this.heardS = clock.nowS()
        this.submissions.pod(name, pod)
      },
      node: ({ node, ...time }) => {
        const index = nodes.get(node)
        if (index === undefined) return
        this.heardS = clock.nowS()
        this.lifecycle.node({ cluster: name, node, ...time })
        this.failures.node(index, time.ready)
      },
      echo: (job, receiptMs) => this.submissions.echo(job, receiptMs),
      interrupted: why => this.interruptions.add(name, clock.nowS(), why),
      heard: (isHeard, why) => {
        if (isHeard) {
          this.problems.push({ what: 'all', why: `${name} at ${clock.nowS().toFixed(1)} s: heard of again` })
          return this.submissions.heardAgain(name)
        }
        this.problems.push({ what: 'all', why: `${name} at ${clock.nowS().toFixed(1)} s: ${why}` })
        this.failures.silent(cluster)
      },
    }
  }

  /** Goes from instant to instant until the run is over. */
  async toTheEnd(): Promise<void> {
    const { clock, signal, stallS, onProgress } = this.input
    const { live, submissions } = this
    for (;;) {
      signal.throwIfAborted()
      const isOver = live.advanceTo(clock.nowS())
      submissions.launchDue()
      onProgress?.(clock.nowS(), submissions.running)
      if (isOver) return
      const nextS = Math.min(live.nextS, submissions.nextS)
      const stalledS = Math.max(this.heardS, live.nowS, submissions.expectedS) + stallS
      if (nextS === Number.POSITIVE_INFINITY && clock.nowS() >= stalledS) return this.giveUp()
      await clock.until(Math.min(nextS, this.endS, stalledS), signal)
    }
  }

  /** When the run ends in any case. */
  private get endS(): number {
    return this.input.model.horizonS
  }

  private giveUp(): void {
    const { clock, stallS } = this.input
    const why = `nothing happened for ${stallS} s with ${this.live.alive} jobs left: the run was ended`
    this.problems.push({ what: 'all', why })
    this.live.stop(clock.nowS())
  }

  executed(): Executed {
    const { live, submissions, failures, lifecycle } = this
    return {
      result: { ...live.result(), log: logOf(live.log!) },
      appliedS: submissions.appliedS,
      failures: failures.rows,
      lifecycle,
      placeOf: job => submissions.placeOf(job),
      interrupted: this.interruptions.clusters,
      problems: [...this.problems, ...this.interruptions.problems, ...submissions.problems, ...failures.problems],
    }
  }

  async takeBack(): Promise<void> {
    await this.failures.takeBackAll()
    await this.submissions.settled()
    for (const site of this.input.sites) site.close()
  }
}
