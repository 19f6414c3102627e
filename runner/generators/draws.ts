/** What generators draw, by the parameters that studies print. */
import { distributions } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'

const draw = (name: string, random: Random, a: number, b: number): number =>
  (distributions.find(entry => entry.name === name) as (typeof distributions)[number]).draw(random, a, b)

/** Gamma of shape α and scale β. */
export const drawGamma = (random: Random, shape: number, scale: number): number =>
  draw('gamma', random, shape * scale, 1 / Math.sqrt(shape))

/** Weibull of scale λ and shape k. */
export const drawWeibull = (random: Random, scale: number, shape: number): number =>
  draw('weibull', random, scale, shape)

/** Lognormal by its mean and coefficient of variation; 0: always the mean. */
export const drawLognormal = (random: Random, mean: number, cv: number): number =>
  cv === 0 ? mean : draw('lognormal', random, mean, cv)
