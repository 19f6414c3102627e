/** spec.modes: what other ways to run than native cost. */
import { type JsonSchema, mapping } from './json-schema.ts'
import { modeFactors } from './mode-factors.ts'

const factor: JsonSchema = { type: 'number', minimum: 1, maximum: 1000 }

export const modes: JsonSchema = {
  title: 'Modes',
  description:
    'How much longer a stage runs otherwise than as native code: it depends on the code, floating point most of all.',
  default: {},
  examples: [{ wasm: 1.21, emulated: 7 }],
  ...mapping({
    wasm: {
      ...factor,
      description: `Run time as WebAssembly over that of native code. The default was ${modeFactors.wasm.source}; SPEC CPU in Chrome takes 1.55 times as long (Jangda, Powers, Berger, Guha: Not So Fast, USENIX ATC 2019).`,
      default: modeFactors.wasm.value,
      examples: [1.45],
    },
    emulated: {
      ...factor,
      description: `Run time of code of another architecture, emulated as by the user mode of QEMU, over that of native code. The default was ${modeFactors.emulated.source}.`,
      default: modeFactors.emulated.value,
      examples: [5],
    },
  }),
}
