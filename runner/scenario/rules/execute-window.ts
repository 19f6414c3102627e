import type { Rule } from './rule.ts'

/** The window that is executed begins before the run ends. */
export const executeWindow: Rule = ({ problems }, { execute, horizonS }) => {
  if (execute?.fromS === undefined || typeof horizonS !== 'number' || execute.fromS < horizonS) return
  problems.add('out-of-range', ['spec', 'execute', 'window'], 'the window begins at or after the horizon', {
    hint: 'Let it begin earlier.',
  })
}
