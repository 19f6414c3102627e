/** What is wrong with a text as YAML. */
import { type Document, visit } from 'yaml'
import type { ErrorCode } from '../errors.ts'

export interface YamlProblem {
  code: ErrorCode
  message: string
  /** Characters of the text. */
  begin: number
  end: number
}

/** Duplicate keys, and the first thing that is no YAML: what follows it is most likely its consequence. */
export function yamlProblems(yaml: Document, text: string): YamlProblem[] {
  const found = [...yaml.errors, ...yaml.warnings]
  const duplicates = found.filter(({ code }) => code === 'DUPLICATE_KEY').map(({ pos }) => duplicateKey(text, pos[0]))
  const syntax = found
    .filter(({ code }) => code !== 'DUPLICATE_KEY')
    .map(({ code, message, pos: [begin, end] }): YamlProblem => {
      const several = code === 'MULTIPLE_DOCS'
      return {
        code: 'yaml-syntax',
        message: several ? 'a file holds one scenario, not several documents' : message.split('\n')[0],
        begin,
        end,
      }
    })
  return [...duplicates, ...(syntax.length > 0 ? syntax : aliasProblems(yaml)).slice(0, 1)]
}

function duplicateKey(text: string, begin: number): YamlProblem {
  const key = /^[^:\n]+/.exec(text.slice(begin))?.[0].trimEnd() ?? ''
  return { code: 'yaml-duplicate-key', message: `“${key}” stands twice in one mapping`, begin, end: begin + key.length }
}

/** Aliases are only looked up when the document is read as data: then their place is lost. */
function aliasProblems(yaml: Document): YamlProblem[] {
  const found: YamlProblem[] = []
  if (yaml.errors.length > 0) return found
  let count = 0
  visit(yaml, {
    Alias(_key, node, path) {
      const [begin, end] = node.range ?? [0, 1]
      const report = (message: string) => found.push({ code: 'yaml-syntax', message, begin, end })
      const target = node.resolve(yaml)
      if (target === undefined) report(`there is no anchor &${node.source} before this alias`)
      else if (path.includes(target)) report(`the alias *${node.source} holds itself`)
      else if (++count > 1000) report('more than 1000 aliases')
      return found.length > 0 ? visit.BREAK : undefined
    },
  })
  return found
}
