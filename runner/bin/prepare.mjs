// npm calls `prepare` after `npm ci`, and npx calls it in a fresh clone before any dependency is there:
// then there is nothing to build with, and failing would leave a broken link in npx's cache.
import { existsSync } from 'node:fs'

if (existsSync(new URL('../../node_modules/typescript/package.json', import.meta.url))) await import('./build.mjs')
