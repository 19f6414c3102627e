/** `init policy`: a commented start of a policy of the user's own. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { findPolicy } from '../../engine/index.ts'
import { packageRoot } from '../../reports/package-root.ts'
import { exits, FabricdtError } from '../errors.ts'
import { isOwnPolicy } from '../own-policies/own-policy.ts'

/** Throws FabricdtError `usage` for a file that would not do, or is there already. */
export function initPolicy(file: string, { force = false }: { force?: boolean }): number {
  if (!isOwnPolicy(file))
    throw new FabricdtError('usage', `${file} is no file of JavaScript or TypeScript`, {
      hint: 'Give it an ending: .mjs, .js or .ts.',
    })
  if (/\.c?ts$/.test(file) && isCommonJs(file))
    throw new FabricdtError('usage', `Node takes ${file} for CommonJS, in which TypeScript cannot be read as it is`, {
      hint: `Call it ${file.replace(/c?ts$/, 'mts')}, or put "type": "module" into the package.json.`,
    })
  if (existsSync(file) && !force)
    throw new FabricdtError('usage', `${file} is there already`, { hint: 'Give another name, or --force.' })
  mkdirSync(dirname(resolve(file)), { recursive: true })
  writeFileSync(file, startOf(file))
  process.stdout.write(`${file}: a policy that works. Next: fabricdt-run conformance ${shown(file)}\n`)
  return exits.ok
}

function startOf(file: string): string {
  const isTyped = /ts$/.test(file)
  const text = readFileSync(new URL(`templates/policy/start.${isTyped ? 'ts' : 'mjs'}`, packageRoot), 'utf8')
  const filled = text.replaceAll('{{file}}', shown(file)).replaceAll('{{name}}', nameFor(file))
  return isTyped || !isCommonJs(file) ? filled : filled.replace('export default policy', 'module.exports = policy')
}

const shown = (file: string): string => (isAbsolute(file) || file.startsWith('.') ? file : `./${file}`)

/** That of the file, unless a policy of the table has it. */
function nameFor(file: string): string {
  const name = basename(file)
    .replace(/\.\w+$/, '')
    .replace(/[^\w.-]/g, '-')
  return findPolicy(name) === undefined ? name : `my-${name}`
}

/** Whether Node takes the file for CommonJS: by its ending, or by the package.json above it. */
function isCommonJs(file: string): boolean {
  if (!/\.[jt]s$/.test(file)) return /\.c[jt]s$/.test(file)
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'commonjs'
    if (folder === dirname(folder)) return false
  }
}
