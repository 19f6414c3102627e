import type { Pass, Tell } from '../policy.ts'

/** Groups that are open and eligible to a stage and have a node on which it fits, and the first of these. */
export function* openGroups(pass: Pass, stage: number): Generator<{ group: number; cluster: number; node: number }> {
  const { classes, groups } = pass.model
  const stageClass = pass.classOf(stage)
  for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
    const group = classes.groups[i]
    const node = pass.open(group) ? pass.firstFitIn(stage, group) : -1
    if (node >= 0) yield { group, cluster: groups.cluster[group], node }
  }
}

/** Explains a choice by free cores: the node that `pick` takes in each group; `sign` −1 where the most are best. */
export function tellFreeCores(
  pass: Pass,
  stage: number,
  tell: Tell,
  sign: 1 | -1,
  pick: (group: number) => number,
): void {
  for (const { group } of openGroups(pass, stage)) {
    const node = pick(group)
    const freeCores = pass.freeCpu(node) / 1000
    tell(node, sign * freeCores, { freeCores })
  }
}
