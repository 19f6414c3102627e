/** Makes the clusters of a scenario for real. */
import { type FabricPlan, planFabric, planNotes } from '../clusters/fabric-plan.ts'
import { ioOf, up } from '../clusters/fabrics.ts'
import type { Provider } from '../clusters/provider.ts'
import { providerNamed } from '../clusters/providers/named.ts'
import { exits, FabricdtError } from '../errors.ts'
import { loadPoints } from '../scenario/load-points.ts'
import { deriveExecuted } from '../verify/derive.ts'
import { Interrupt } from './interrupt.ts'

export interface UpFlags {
  provider: string
  set: string[]
  /** `cluster=context` for the provider `context`. */
  context: string[]
  dryRun?: boolean
}

/** Exit code 0 when all is up; what is half made when it fails, or is interrupted, is taken away. */
export async function runUp(file: string, flags: UpFlags): Promise<number> {
  const provider = providerNamed(flags.provider)
  const sweep = await loadPoints(file, { sets: flags.set })
  // Of the smaller scenario that `execute` asks for, if it does: the fabric is for running that.
  const plan = planFabric(deriveExecuted(sweep.points[0].loaded.scenario).scenario)
  const options = optionsOf(flags.context, plan)
  for (const note of planNotes(plan)) process.stderr.write(`note: ${note}\n`)
  if (flags.dryRun === true) return describe(plan, provider, options)
  const interrupt = new Interrupt()
  const startMs = performance.now()
  try {
    const handles = await up(plan, provider, { say, signal: interrupt.signal, options })
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    const nodes = plan.clusters.reduce((sum, cluster) => sum + cluster.nodes.length, 0)
    process.stdout.write(`${plan.name} is up: ${handles.length} clusters, ${nodes} nodes in ${seconds} s\n`)
    for (const { name, kubeconfig, context } of handles)
      process.stdout.write(`  ${name}  kubectl --kubeconfig ${kubeconfig} --context ${context}\n`)
    return exits.ok
  } catch (error) {
    if (interrupt.exit === null) throw error
    process.stderr.write('interrupted: nothing of it is left\n')
    return interrupt.exit
  } finally {
    interrupt.release()
  }
}

function optionsOf(contexts: readonly string[], plan: FabricPlan): Record<string, string> {
  const names = plan.clusters.map(({ name }) => name)
  return Object.fromEntries(
    contexts.map(text => {
      const [cluster, ...context] = text.split('=')
      if (context.length === 0 || !names.includes(cluster))
        throw new FabricdtError(
          'usage',
          `--context ${text}: expected <cluster>=<context> with a cluster of the scenario`,
          {
            hint: `Clusters: ${names.join(', ')}.`,
          },
        )
      return [cluster, context.join('=')]
    }),
  )
}

function describe(plan: FabricPlan, provider: Provider, options: Record<string, string>): number {
  const lines = plan.clusters.flatMap(cluster => {
    const io = ioOf({ name: plan.name, options }, cluster, { say })
    return [`${cluster.name}:`, ...provider.describe(cluster, io).map(line => `  ${line}`)]
  })
  process.stdout.write(
    `${[`would make ${plan.name} with ${provider.name} (${provider.summary}):`, ...lines].join('\n')}\n`,
  )
  return exits.ok
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
