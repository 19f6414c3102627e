/** spec.modes: what other ways to run than native cost. */
import { type JsonSchema, mapping } from './json-schema.ts'

const factor: JsonSchema = { type: 'number', minimum: 1, maximum: 1000 }

export const modes: JsonSchema = {
  title: 'Modes',
  description: 'How much longer a stage runs otherwise than as native code.',
  default: {},
  examples: [{ wasm: 1.55, emulated: 8 }],
  ...mapping({
    wasm: {
      ...factor,
      description:
        'Run time as WebAssembly over that of native code. The default is the mean of SPEC CPU in Chrome (Jangda, Powers, Berger, Guha: Not So Fast, USENIX ATC 2019).',
      default: 1.55,
      examples: [1.45],
    },
    emulated: {
      ...factor,
      description:
        'Run time of code of another architecture, emulated as by the user mode of QEMU, over that of native code. The default is assumed.',
      default: 8,
      examples: [5],
    },
  }),
}
