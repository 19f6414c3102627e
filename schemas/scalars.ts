/** Single values with a form of their own: quantities with units and names. */
import type { JsonSchema } from './json-schema.ts'

const decimal = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)'
/** With an exponent, as Kubernetes allows. */
const amount = `${decimal}([eE][0-9]+)?`
/** The same with at least one digit that is not 0, by looking ahead over the number. */
const positive = '(?=[0-9.]*[1-9])'
const durationPart = `${decimal}(ns|us|µs|ms|s|m|h|d)`
const memory = `${amount} ?(B|k|M|G|T|P|kB|KB|MB|GB|TB|PB|Ki|Mi|Gi|Ti|Pi|KiB|MiB|GiB|TiB|PiB)?`

const quantity = (name: string, types: readonly string[], pattern: string): JsonSchema => ({
  type: types.length === 1 ? types[0] : types,
  pattern: `^${pattern}$`,
  'x-quantity': name,
})

/** No text is one: editors check the range, the reader that it is whole or a part of one. */
const gpu: JsonSchema = { type: 'number', minimum: 0, maximum: 1024, 'x-quantity': 'gpu' }

/** Every quantity by the name of its reader. */
export const quantities = {
  // A bare 0 needs no unit.
  duration: { ...quantity('duration', ['string', 'integer'], `(0|(${durationPart})+)`), minimum: 0, maximum: 0 },
  positiveDuration: quantity('positiveDuration', ['string'], `(?=.*[1-9])(${durationPart})+`),
  time: quantity(
    'time',
    ['string'],
    '[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2}))?',
  ),
  cpu: { ...quantity('cpu', ['string', 'number'], `${amount} ?m?`), minimum: 0 },
  positiveCpu: { ...quantity('positiveCpu', ['string', 'number'], `${positive}${amount} ?m?`), exclusiveMinimum: 0 },
  gpu,
  memory: { ...quantity('memory', ['string', 'number'], memory), minimum: 0 },
  positiveMemory: { ...quantity('positiveMemory', ['string', 'number'], `${positive}${memory}`), exclusiveMinimum: 0 },
  watts: { ...quantity('watts', ['string', 'number'], `${amount} ?(mW|W|kW|MW)?`), minimum: 0 },
  bandwidth: quantity('bandwidth', ['string'], `${positive}${decimal} ?([kMGT]?bps|[kMG]?B/s)`),
  rate: quantity('rate', ['string'], `${positive}${decimal}[kM]?/(s|min|h|d)`),
  share: { ...quantity('share', ['string', 'number'], `${amount} ?%?`), minimum: 0, maximum: 1 },
  positiveShare: {
    ...quantity('positiveShare', ['string', 'number'], `${positive}${amount} ?%?`),
    exclusiveMinimum: 0,
    maximum: 1,
  },
  range: quantity('range', ['string'], ' *range *\\(.*\\) *'),
  scaling: { ...quantity('scaling', ['string', 'number'], '1:[0-9]*[1-9][0-9]*(\\.[0-9]+)?'), minimum: 1 },
} as const satisfies Record<string, JsonSchema>

/** A DNS-1123 label, which Kubernetes wants for most names. */
export const label: JsonSchema = {
  type: 'string',
  pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
  'x-quantity': 'label',
}

/** Zones and regions are label values in Kubernetes: capitals, dots and underscores too. */
export const place: JsonSchema = {
  type: 'string',
  pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
  'x-quantity': 'place',
}

/** Shorthand for a field that is one of the above. */
export const ref = (name: keyof typeof quantities | 'label' | 'place'): JsonSchema => ({ $ref: `#/$defs/${name}` })
