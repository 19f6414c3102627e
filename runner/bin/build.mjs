// Builds dist/: TypeScript by tsc, and the browser runtime of the report by esbuild.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

const browserEntry = `${root}reports/browser/main.js`
if (existsSync(browserEntry)) {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: [browserEntry],
    outfile: 'dist/reports/browser/main.bundle.js',
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  })
}
