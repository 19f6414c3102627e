import pc from 'picocolors'
import { type Diagnostic, exits, ScenarioError } from '../errors.ts'
import { loadPoints } from '../scenario/load-points.ts'
import { diagnosticsJson, renderDiagnostics } from '../scenario/render-diagnostics.ts'

/** Checks every file; all diagnostics of all files are printed. */
export async function validate(files: readonly string[], flags: { set: string[]; json?: boolean }): Promise<number> {
  const diagnostics: Diagnostic[] = []
  let wrong = 0
  for (const file of files) {
    const found = await check(file, flags.set)
    diagnostics.push(...found)
    const errors = found.filter(({ severity }) => severity === 'error').length
    if (errors > 0) wrong++
    if (flags.json) continue
    if (found.length > 0) process.stderr.write(renderDiagnostics(found))
    if (errors === 0) process.stdout.write(`${pc.green('✓')} ${file}\n`)
  }
  if (flags.json) process.stdout.write(`${JSON.stringify({ diagnostics: diagnosticsJson(diagnostics) }, null, 2)}\n`)
  return wrong > 0 ? exits.usage : exits.ok
}

async function check(file: string, sets: string[]): Promise<readonly Diagnostic[]> {
  try {
    return (await loadPoints(file, { sets })).warnings
  } catch (error) {
    if (error instanceof ScenarioError) return error.diagnostics
    throw error
  }
}
