import pc from 'picocolors'
import { FabricdtError, ScenarioError } from '../errors.ts'
import { renderDiagnostics } from '../scenario/render-diagnostics.ts'

/** What went wrong, where, and how to mend it, on stderr; a stack only for bugs. */
export function printError(error: unknown): void {
  if (error instanceof ScenarioError) process.stderr.write(renderDiagnostics(error.diagnostics))
  else if (error instanceof FabricdtError)
    process.stderr.write(`${pc.red(`error[${error.code}]`)}: ${error.message}\n  hint: ${error.hint}\n`)
  else
    process.stderr.write(
      `${pc.red('error[internal]')}: ${(error as Error).stack ?? String(error)}\n  hint: This is a bug in fabricdt: please report it with the scenario and this message.\n`,
    )
}
