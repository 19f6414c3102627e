#!/usr/bin/env node
// Plain JavaScript on purpose: it must say what is wrong even where nothing was built.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = new URL('../../dist/bundle/main.js', import.meta.url)
if (!existsSync(fileURLToPath(main))) {
  process.stderr.write('fabricdt-run: not built yet. Run `npm ci` in the checkout (it builds), then try again.\n')
  process.exit(70)
}
const args = process.argv.slice(2)
const { run } = args[0] === 'validate' ? await quickly() : await import(main.href)
await run(args)

/** Editors validate at every stroke: that has a bundle of its own, which need not be compiled. */
async function quickly() {
  const { load } = await import('./kept-code.mjs')
  return load(fileURLToPath(new URL('validate.cjs', main))).exports
}
