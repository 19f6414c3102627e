/** Six significant digits: what a curve needs, at half the size. */
export const sixDigits = (value: number): number => Number(value.toPrecision(6))
