/** The part of Vega that the charts need, without code generation: expressions are interpreted, so that the CSP may forbid eval. */
import { transforms } from 'vega-dataflow'
import * as encode from 'vega-encode'
import { expressionInterpreter } from 'vega-interpreter'
import { parse } from 'vega-parser'
import * as basic from 'vega-transforms'
import { View } from 'vega-view'
import * as viewTransforms from 'vega-view-transforms'

Object.assign(transforms, basic, viewTransforms, encode)

/** A view of a compiled spec with its data, not yet drawn. */
export function createView(spec, data, container) {
  const runtime = parse(spec, null, { ast: true })
  const view = new View(runtime, { expr: expressionInterpreter, renderer: 'svg', hover: false, container })
  view.tooltip(() => {})
  for (const { name } of spec.data) if (data[name]) view.data(name, data[name])
  return view
}
