// A policy of your own for fabricdt-run. It works as it is; change what you like.
//
//   fabricdt-run conformance {{file}}                          does it hold to what every policy must?
//   fabricdt-run SCENARIO.yaml --policy {{file}} --policy greedy-latency    how does it fare?
//
// In a scenario:   policies: [greedy-latency, {{file}}, { file: {{file}}, options: { crowding: 5 }, label: crowd-shy }]
//
// The types in the comments are those of the package: editors and `tsc --checkJs` read them where it is installed
// (`npm install --save-dev fabricdt-run`). Nothing of it is needed to run.

/** @import { Choice, Pass, Policy, PolicyEntry, Tell } from 'fabricdt-run/policy' */

/**
 * Which node the next task of a stage gets. Stages and nodes are numbers; all that is known of them is asked of the pass
 * (`pass.…Of(stage)`) or read off its model (`pass.model`): clusters, groups of alike nodes, classes of alike stages.
 * @implements {Choice}
 */
class NearAndFree {
  /** What the last choice came to, in whatever unit you like: it stands in decisions.parquet. */
  score = Number.NaN

  /** @param {number} crowding Seconds that a full node counts for. */
  constructor(crowding) {
    this.crowding = crowding
  }

  /**
   * Must not change anything: it may be asked about a placement that does not come about.
   * @param {Pass} pass
   * @param {number} stage
   * @returns {number} a node on which a task fits now, or -1
   */
  choose(pass, stage) {
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

  /**
   * Leave it out if you like. What it tells stands in explanations.parquet: `fabricdt-run explain RUN_DIR`.
   * @param {Pass} pass
   * @param {number} stage
   * @param {Tell} tell
   */
  explain(pass, stage, tell) {
    for (const { node, group } of this.candidates(pass, stage)) {
      const terms = this.termsOn(pass, stage, group, node)
      tell(node, sum(terms), terms)
    }
  }

  /**
   * The emptiest node of each group that the stage may use: architecture, labels and taints have been looked at.
   * @param {Pass} pass
   * @param {number} stage
   */
  *candidates(pass, stage) {
    const { classes } = pass.model
    const stageClass = pass.classOf(stage)
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      const node = pass.open(group) ? pass.leastAllocatedIn(stage, group) : -1
      if (node >= 0) yield { node, group }
    }
  }

  /**
   * Seconds until the answer is back at its origin, and some for a node that is crowded already.
   * @param {Pass} pass
   * @param {number} stage
   * @param {number} group
   * @param {number} node
   */
  termsOn(pass, stage, group, node) {
    const { groups } = pass.model
    const cluster = groups.cluster[group]
    return {
      waysS: pass.wayOut(stage, cluster) + pass.wayBack(stage, cluster),
      workS: groups.startupS[group] + pass.runTimeOn(stage, group),
      crowdingS: this.crowding * (1 - pass.freeCpu(node) / groups.cpuMilli[group]),
    }
  }
}

/** @param {Record<string, number>} terms */
const sum = terms => Object.values(terms).reduce((a, b) => a + b, 0)

/** @type {PolicyEntry} */
const policy = {
  name: '{{name}}',
  summary: 'Each stage where its answer is back soonest, with a distaste for crowded nodes; nothing blocks.',
  // JSON Schema of each option, with a default: `options:` in a scenario is checked against it.
  options: {
    crowding: { type: 'number', description: 'Seconds that a full node counts for.', default: 2, minimum: 0 },
  },
  /**
   * A fresh policy for every run: what it remembers must live in here, never outside. The same run must come out the same
   * whenever it is repeated, so use neither clocks nor Math.random: pass.draw(stage, 0) is a random number.
   * @returns {Policy}
   */
  create({ crowding }) {
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
