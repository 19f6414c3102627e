// Builds dist/: TypeScript by tsc, and from that the command and the browser runtime of the report by esbuild.
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { command, pageScript } from './bundles.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

const { engineHash } = await import('../../dist/runner/sweep/trial-hash.js')
const [, { metafile }] = await Promise.all([build(pageScript(root)), build(command(root, engineHash()))])
// Chunks are called by their hash: those of earlier builds would stay.
for (const name of readdirSync(`${root}dist/bundle`))
  if (metafile.outputs[`dist/bundle/${name}`] === undefined) rmSync(`${root}dist/bundle/${name}`)
