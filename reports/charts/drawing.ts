/** What is drawn, and where: in this thread, or on some. All of it is plain data, so that it can be sent. */
import type { Spec } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import type { Figure } from './figure.ts'
import type { TimeWindow } from './time-axis.ts'

export type Drawable = Pick<Figure, 'id' | 'spec' | 'series'>

export interface ToDraw {
  readonly figures: readonly Drawable[]
  readonly windows: readonly TimeWindow[]
  /** To be compiled only. */
  readonly specs: readonly TopLevelSpec[]
}

export interface DrawnFigure {
  readonly svg: string
  /** Compiled Vega without data. */
  readonly spec: Spec
}

/** In the order of what was to be drawn. */
export interface Drawn {
  readonly figures: readonly DrawnFigure[]
  readonly specs: readonly Spec[]
}

export type Draw = (all: ToDraw) => Promise<Drawn>

export const drawHere: Draw = async all => {
  const { drawAll } = await import('./render.ts')
  return drawAll(all)
}
