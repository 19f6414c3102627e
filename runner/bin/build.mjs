// Builds dist/: TypeScript by tsc, and from that the command and the browser runtime of the report by esbuild.
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { command, pageScript, validateCommand } from './bundles.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

const { engineHash } = await import('../../dist/runner/sweep/trial-hash.js')
const [, ...bundles] = await Promise.all(
  [pageScript(root), command(root, engineHash()), validateCommand(root)].map(options => build(options)),
)
const outputs = new Set(bundles.flatMap(({ metafile }) => Object.keys(metafile?.outputs ?? {})))
// Chunks are called by their hash: those of earlier builds would stay.
for (const name of readdirSync(`${root}dist/bundle`))
  if (!outputs.has(`dist/bundle/${name}`)) rmSync(`${root}dist/bundle/${name}`)
spawnSync(
  process.execPath,
  ['runner/bin/kept-code.mjs', `${root}dist/bundle/validate.cjs`, 'validate', 'scenarios/zone-blackout.yaml'],
  {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  },
)
