/** What README's examples are, for the tests that run them. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const readme = readFileSync(`${root}README.md`, 'utf8')

export const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(match => match[1])

/** The examples of the command line, in their order; the first block also installs, which the tests have done. */
const commands = blocks('sh')
  .flatMap(block => block.split('\n'))
  .flatMap(line => line.split('&&'))
  .map(line => line.replace(/#.*$/, '').trim())
  .filter(line => line.startsWith('npx fabricdt-run'))

const isOfClusters = (command: string): boolean => / (doctor|up|status|down|recover)( |$)/.test(command)

/** Those that need nothing but this checkout. */
export const plainCommands = commands.filter(command => !isOfClusters(command))

/** Those that make real clusters, or look for them. */
export const clusterCommands = commands.filter(isOfClusters)
