// A policy of your own for fabricdt-run, in TypeScript: Node 22.18 and later read it as it is. It works; change what you like.
//
//   fabricdt-run conformance {{file}}                          does it hold to what every policy must?
//   fabricdt-run SCENARIO.yaml --policy {{file}} --policy greedy-latency    how does it fare?
//
// In a scenario:   policies: [greedy-latency, {{file}}, { file: {{file}}, options: { crowding: 5 }, label: crowd-shy }]
//
// The types come with the package (`npm install --save-dev fabricdt-run`); Node strips them, so write nothing that must be
// compiled: no enums, no parameter properties.

import type { Choice, Pass, Policy, PolicyEntry, Tell } from 'fabricdt-run/policy'

/**
 * Which node the next task of a stage gets. Stages and nodes are numbers; all that is known of them is asked of the pass
 * (`pass.…Of(stage)`) or read off its model (`pass.model`): clusters, groups of alike nodes, classes of alike stages.
 */
class NearAndFree implements Choice {
  /** What the last choice came to, in whatever unit you like: it stands in decisions.parquet. */
  score = Number.NaN
  private readonly crowding: number

  /** `crowding`: seconds that a full node counts for. */
  constructor(crowding: number) {
    this.crowding = crowding
  }

  /** A node on which a task fits now, or -1. Must not change anything: the placement may not come about. */
  choose(pass: Pass, stage: number): number {
    let best = -1
    this.score = Number.POSITIVE_INFINITY
    for (const { node, group } of this.candidates(pass, stage)) {
      const cost = sum(this.termsOn(pass, stage, group, node))
      if (cost >= this.score) continue
      best = node
      this.score = cost
    }
    return best
  }

  /** Leave it out if you like. What it tells stands in explanations.parquet: `fabricdt-run explain RUN_DIR`. */
  explain(pass: Pass, stage: number, tell: Tell): void {
    for (const { node, group } of this.candidates(pass, stage)) {
      const terms = this.termsOn(pass, stage, group, node)
      tell(node, sum(terms), terms)
    }
  }

  /** The emptiest node of each group that the stage may use: architecture, labels and taints have been looked at. */
  private *candidates(pass: Pass, stage: number): Generator<{ node: number; group: number }> {
    const { classes } = pass.model
    const stageClass = pass.classOf(stage)
    for (let i = classes.groupStart[stageClass]!; i < classes.groupStart[stageClass + 1]!; i++) {
      const group = classes.groups[i]!
      const node = pass.open(group) ? pass.leastAllocatedIn(stage, group) : -1
      if (node >= 0) yield { node, group }
    }
  }

  /** Seconds until the answer is back at its origin, and some for a node that is crowded already. */
  private termsOn(pass: Pass, stage: number, group: number, node: number): Record<string, number> {
    const { groups } = pass.model
    const cluster = groups.cluster[group]!
    return {
      waysS: pass.wayOut(stage, cluster) + pass.wayBack(stage, cluster),
      workS: groups.startupS[group]! + pass.runTimeOn(stage, group),
      crowdingS: this.crowding * (1 - pass.freeCpu(node) / groups.cpuMilli[group]!),
    }
  }
}

const sum = (terms: Record<string, number>): number => Object.values(terms).reduce((a, b) => a + b, 0)

const policy: PolicyEntry = {
  name: '{{name}}',
  summary: 'Each stage where its answer is back soonest, with a distaste for crowded nodes; nothing blocks.',
  // JSON Schema of each option, with a default: `options:` in a scenario is checked against it.
  options: {
    crowding: { type: 'number', description: 'Seconds that a full node counts for.', default: 2, minimum: 0 },
  },
  /**
   * A fresh policy for every run: what it remembers must live in here, never outside. The same run must come out the same
   * whenever it is repeated, so use neither clocks nor Math.random: pass.draw(stage, 0) is a random number.
   */
  create({ crowding }): Policy {
    const choice = new NearAndFree(Number(crowding))
    return {
      // Who is next: lower keys first. First come, first served here.
      order: { key: (pass, stage) => pass.submitTimeOf(stage) },
      // Asked whenever something may have become possible. What is left alone goes on waiting.
      decide(pass) {
        for (let stage = pass.head(); stage >= 0; stage = pass.head()) {
          // What does not fit is passed over until something is free again; pass.hold() instead would let it block the rest.
          if (!pass.place(stage, choice)) pass.skip()
        }
      },
    }
  },
}

export default policy
