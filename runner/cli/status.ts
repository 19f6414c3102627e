/** Says what of ours is where. */
import pc from 'picocolors'
import { leftoversOf } from '../clusters/recover.ts'
import { readFabrics, stateHome } from '../clusters/state.ts'
import { type ClusterSurvey, type FabricSurvey, survey } from '../clusters/survey.ts'
import { exits } from '../errors.ts'

/** Exit code 4 where a cluster does not answer. */
export async function runStatus({ json = false }: { json?: boolean }): Promise<number> {
  const states = readFabrics()
  const leftovers = states.flatMap(state => leftoversOf(state, () => {})).map(({ fabric, what }) => ({ fabric, what }))
  const fabrics = await Promise.all(states.map(survey))
  if (json) process.stdout.write(`${JSON.stringify({ stateHome: stateHome(), fabrics, leftovers }, null, 1)}\n`)
  else process.stdout.write(statusText(fabrics, leftovers))
  return fabrics.every(({ clusters }) => clusters.every(({ problem }) => problem === null)) ? exits.ok : exits.cluster
}

function statusText(fabrics: readonly FabricSurvey[], leftovers: readonly { fabric: string; what: string }[]): string {
  if (fabrics.length === 0) return `nothing of ours is there (${stateHome()})\n`
  const lines = fabrics.flatMap(({ name, provider, phase, createdAt, clusters }) => [
    `${pc.bold(name)}  ${provider}, ${phase}, ${createdAt}`,
    ...clusters.map(cluster => `  ${clusterText(cluster)}`),
  ])
  const left = leftovers.map(({ fabric, what }) => pc.yellow(`left by a dead runner in ${fabric}: ${what}`))
  const advice = left.length === 0 ? [] : ['`fabricdt-run recover` puts it back']
  return `${[...lines, ...left, ...advice].join('\n')}\n`
}

function clusterText({ name, problem, nodes, namespaces, processes, kubeconfig }: ClusterSurvey): string {
  if (problem !== null) return `${pc.red('✗')} ${name}  ${problem}`
  const parts = [
    `${nodes.ready} of ${nodes.planned} nodes ready`,
    ...(processes.length > 0 ? [`${processes.length} processes`] : []),
    ...(namespaces.length > 0 ? [`runs: ${namespaces.join(', ')}`] : []),
    `kubeconfig ${kubeconfig}`,
  ]
  return `${nodes.ready >= nodes.planned ? pc.green('✓') : pc.yellow('!')} ${name}  ${parts.join(', ')}`
}
