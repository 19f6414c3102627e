/** Says what this machine has and lacks for each provider, and how to get it; changes nothing. */
import pc from 'picocolors'
import type { Finding, Provider } from '../clusters/provider.ts'
import { providers } from '../clusters/providers/index.ts'
import { exits } from '../errors.ts'
import { telemetryFindings } from '../telemetry/findings.ts'

/** Exit code 0 where at least one of the providers asked for could be used, else 4. */
export async function runDoctor(names: readonly string[], { json = false }: { json?: boolean }): Promise<number> {
  const asked = providers.filter(({ name }) => names.length === 0 || names.includes(name))
  const found = await Promise.all(asked.map(async provider => ({ provider, findings: await provider.doctor() })))
  const isUsable = ({ findings }: { findings: readonly Finding[] }): boolean => findings.every(({ ok }) => ok)
  if (json) {
    const rows = found.map(({ provider: { name, summary }, findings }) => ({ name, summary, findings }))
    process.stdout.write(`${JSON.stringify({ providers: rows, telemetry: telemetryFindings() }, null, 1)}\n`)
  } else {
    for (const { provider, findings } of found) process.stdout.write(textOf(provider, findings))
    process.stdout.write(textOf(telemetry, telemetryFindings()))
  }
  return found.some(isUsable) ? exits.ok : exits.cluster
}

const telemetry = { name: 'telemetry', summary: 'what is measured beside a run; runs need none of it' }

function textOf({ name, summary }: Pick<Provider, 'name' | 'summary'>, findings: readonly Finding[]): string {
  const lines = findings.map(({ ok, what, detail, hint }) => {
    const advice = hint === '' ? '' : `\n      ${hint}`
    return `  ${ok ? pc.green('✓') : pc.red('✗')} ${what}  ${pc.dim(detail)}${advice}`
  })
  return `${[`${pc.bold(name)}  ${summary}`, ...lines].join('\n')}\n`
}
