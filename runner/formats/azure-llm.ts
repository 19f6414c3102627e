/** Azure's LLM inference requests (Patel et al., Splitwise, ISCA 2024): a time and two numbers of tokens. */
import { addJob, tableFormat } from './table.ts'
import { readTimeS } from './times.ts'

const rate = (description: string, value: number) => ({
  type: 'number' as const,
  description,
  exclusiveMinimum: 0,
  default: value,
  examples: [value],
})

export const azureLlm = tableFormat({
  name: 'azure-llm',
  summary:
    'Requests of Azure’s LLM inference traces (TIMESTAMP, ContextTokens, GeneratedTokens); run times follow from rates.',
  needs: ['TIMESTAMP', 'ContextTokens', 'GeneratedTokens'],
  options: {
    contextTokensPerS: rate('Tokens of the prompt that are read in a second, by which a run time is made up.', 2000),
    generatedTokensPerS: rate('Tokens that are written in a second, by which a run time is made up.', 30),
  },
  gather: (options, trace) => {
    trace.startAtZero()
    return {
      row: row => {
        trace.invent('run time: tokens over contextTokensPerS and generatedTokensPerS')
        addJob(trace, {
          submitS: readTimeS(row, 'TIMESTAMP'),
          runS:
            row.number('ContextTokens') / (options.contextTokensPerS as number) +
            row.number('GeneratedTokens') / (options.generatedTokensPerS as number),
          tasks: 1,
        })
      },
    }
  },
})
