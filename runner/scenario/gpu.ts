/** GPUs of a task. */
import { bad, negative, QuantityError, show } from './quantity-error.ts'

/** GPUs of a task: whole ones, or a part of one in thousandths. */
export function readGpu(value: unknown): number {
  const hint = 'Write a whole number, or a part of one GPU such as 0.25.'
  if (typeof value !== 'number') throw bad(value, 'a number of GPUs', hint)
  if (value < 0) throw negative(value)
  if (value > 1024) throw new QuantityError(`${show(value)} is more than 1024 GPUs`, 'Give fewer.', 'out-of-range')
  if (Number.isInteger(value)) return value
  if (value > 1)
    throw new QuantityError(
      `${show(value)}: a task takes a part of one GPU, or whole ones`,
      `Give ${Math.floor(value)} or ${Math.ceil(value)}, or two stages of which one asks for a part.`,
    )
  // 0.29 · 1000 is 290 only nearly.
  if (Number((value * 1000).toPrecision(12)) % 1 !== 0)
    throw new QuantityError(
      `${show(value)} has more than three decimals`,
      'A GPU is counted in thousandths: 0.001 is the least.',
    )
  return value
}
