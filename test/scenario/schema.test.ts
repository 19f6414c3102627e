import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { describedKeywords } from '../../runner/scenario/messages/describe.ts'
import { quantities } from '../../runner/scenario/quantities.ts'
import { scenarioSchema } from '../../schemas/base.ts'
import { generate } from '../../schemas/generate.ts'
import type { JsonSchema } from '../../schemas/json-schema.ts'

const root = new URL('../../', import.meta.url).pathname

interface Field {
  /** JSON pointer into the schema. */
  pointer: string
  schema: JsonSchema
  required: boolean
}

/** Every field of every mapping, items and branches included. */
function fields(schema: JsonSchema, pointer: string): Field[] {
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const at = `${pointer}/properties/${name}`
    return [{ pointer: at, schema: child, required: schema.required?.includes(name) === true }, ...fields(child, at)]
  })
  const branches = (['anyOf', 'allOf'] as const).flatMap(key =>
    (schema[key] ?? []).flatMap((branch, i) => [
      ...fields(branch, `${pointer}/${key}/${i}`),
      ...(branch.then === undefined ? [] : fields(branch.then, `${pointer}/${key}/${i}/then`)),
    ]),
  )
  const more = (['items', 'additionalProperties'] as const).flatMap(key => {
    const child = schema[key]
    return typeof child === 'object'
      ? [{ pointer: `${pointer}/${key}`, schema: child, required: true }, ...fields(child, `${pointer}/${key}`)]
      : []
  })
  return [...properties, ...branches, ...more]
}

const all = [
  ...fields(scenarioSchema, '#'),
  ...Object.entries(scenarioSchema.$defs ?? {}).flatMap(([name, schema]) => fields(schema, `#/$defs/${name}`)),
]
// Of trace options only the branch by format says more than that they are a mapping.
const documented = all.filter(({ pointer }) => !pointer.endsWith('/then/properties/options'))

describe('scenario.schema.json', () => {
  test('has many fields', () => expect(all.length).toBeGreaterThan(100))

  test.each(documented)('$pointer is documented', ({ schema, required }) => {
    expect(schema.description, 'description').toMatch(/\.$/)
    expect(schema.examples?.length, 'examples').toBeGreaterThan(0)
    if (!required && schema.default === undefined) expect(schema.description).toContain('Absent:')
    if (required) expect(schema.default).toBeUndefined()
  })

  test('examples and defaults are valid', () => {
    const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false })
    ajv.addKeyword({ keyword: 'x-quantity', schemaType: 'string' })
    ajv.addSchema(scenarioSchema)
    for (const { pointer, schema } of documented) {
      const values = [...(schema.examples ?? []), ...(schema.default === undefined ? [] : [schema.default])]
      for (const value of values) {
        const valid = ajv.validate({ $ref: `${scenarioSchema.$id}${pointer}` }, value)
        expect(valid, `${pointer}: ${JSON.stringify(value)}: ${ajv.errorsText()}`).toBe(true)
      }
    }
  })

  test('names only quantities that can be read, and keywords that have a message', () => {
    const text = JSON.stringify(scenarioSchema)
    const named = [...text.matchAll(/"x-quantity":"(\w+)"/g)].map(match => match[1])
    expect(named.filter(name => !Object.hasOwn(quantities, name) && !['label', 'place'].includes(name))).toEqual([])
    const used = [
      ...readFileSync(`${root}schemas/validate-scenario.generated.ts`, 'utf8').matchAll(/keyword:"(\w+)"/g),
    ].map(match => match[1])
    expect([...new Set(used)].filter(keyword => keyword !== 'if' && !describedKeywords.includes(keyword))).toEqual([])
  })
})

describe('generated files', async () => {
  const generated = Object.entries(await generate())

  test.each(generated)('%s is as schemas/generate.ts writes it', (name, content) => {
    expect(
      readFileSync(`${root}schemas/${name}`, 'utf8') === content,
      `${name} is stale: build, then node dist/schemas/generate.js`,
    ).toBe(true)
  })
})

test('loading a scenario imports neither a schema compiler nor anything else that is heavy', async () => {
  const { metafile } = await build({
    entryPoints: [`${root}runner/scenario/load.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  // What is imported when it is needed first is not imported by loading a scenario.
  const reached = new Set([Object.keys(metafile.inputs).find(input => input.endsWith('runner/scenario/load.ts'))!])
  for (const input of reached)
    for (const { path, kind, external } of metafile.inputs[input].imports)
      if (external !== true && kind !== 'dynamic-import') reached.add(path)
  const packages = new Set([...reached].flatMap(input => /node_modules\/([^/]+)/.exec(input)?.[1] ?? []))
  expect([...packages].sort()).toEqual(['leven', 'yaml'])
})
