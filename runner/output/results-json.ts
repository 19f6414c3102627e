/** results.json as text: an element of a list a line, so that it reads well, diffs well and stays small. */
import type { Results } from '../../reports/results.ts'

const chunkLength = 1 << 16

/** In chunks, so that those of a sweep of many points never make one string. */
export function* resultsJson(results: Results): Generator<string> {
  let chunk = ''
  for (const line of lines(results)) {
    chunk += line
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

function* lines(results: Results): Generator<string> {
  let before = '{\n'
  for (const [key, value] of Object.entries(results)) {
    if (value === undefined) continue
    yield `${before} ${JSON.stringify(key)}: `
    if (Array.isArray(value) && value.length > 0) yield* elements(value)
    else yield JSON.stringify(value)
    before = ',\n'
  }
  yield '\n}\n'
}

function* elements(values: readonly unknown[]): Generator<string> {
  let before = '[\n'
  for (const value of values) {
    yield `${before}  ${JSON.stringify(value)}`
    before = ',\n'
  }
  yield '\n ]'
}
