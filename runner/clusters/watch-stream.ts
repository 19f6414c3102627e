/** One watch as it comes: JSON lines. */
import type { IncomingMessage } from 'node:http'
import type { KubeObject } from './paths.ts'

export interface StreamLine {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  object: KubeObject & { code?: number; message?: string }
}

/** No object of Kubernetes is larger: etcd holds 1.5 MB a key. */
const longestLine = 8 << 20

/**
 * Every line with the time of its receipt (ms since the epoch, of the chunk that ended it). Throws an Error with code
 * `SILENT` where nothing came for `silentMs`, and what the connection throws.
 */
export async function* linesOf(answer: IncomingMessage, silentMs: number): AsyncGenerator<[StreamLine, number]> {
  const silent = Object.assign(new Error(`nothing came for ${silentMs / 1000} s`), { code: 'SILENT' })
  const timer = setTimeout(() => answer.destroy(silent), silentMs)
  let rest = ''
  answer.setEncoding('utf8')
  try {
    for await (const chunk of answer) {
      timer.refresh()
      const receiptMs = Date.now()
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > longestLine) throw new Error('a line without an end')
      for (const line of lines) if (line !== '') yield [JSON.parse(line) as StreamLine, receiptMs]
    }
  } finally {
    clearTimeout(timer)
    answer.destroy()
  }
}
