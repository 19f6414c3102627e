#!/usr/bin/env node
// Plain JavaScript on purpose: it must say what is wrong even where nothing was built.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = new URL('../../dist/bundle/main.js', import.meta.url)
if (!existsSync(fileURLToPath(main))) {
  process.stderr.write('fabricdt-run: not built yet. Run `npm ci` in the checkout (it builds), then try again.\n')
  process.exit(70)
}
const { run } = await import(main.href)
await run(process.argv.slice(2))
