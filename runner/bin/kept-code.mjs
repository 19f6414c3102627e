// A script with the code that V8 made of it when it was built beside it: reading that is quicker than to compile anew what
// is needed. Another V8 refuses it and compiles. `node kept-code.mjs FILE ARG…` runs it and keeps the code.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, Script } from 'node:vm'

/** @param {string} file */
const codeOf = file => file.replace(/\.cjs$/, '.code')

/**
 * Runs the CommonJS script: its exports, and the script.
 * @param {string} file
 */
export function load(file) {
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file)}\n})`, {
    filename: file,
    cachedData: codeIn(codeOf(file)),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file))
  return { exports: module.exports, script }
}

/** @param {string} file */
function codeIn(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file, ...args] = process.argv
  const { exports, script } = load(file)
  await exports.run(args)
  // What was called has been compiled by now.
  writeFileSync(codeOf(file), script.createCachedData())
}
