/** Reading numbers straight from bytes: traces have millions of them, and strings are the slow part. */

const powersOfTen = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
const decoder = new TextDecoder()

/** Value of the last `scanNumber`, NaN where no number stood there. */
export interface Scanned {
  value: number
  /** Index of the first byte after it. */
  end: number
}

/**
 * Reads a decimal number at `from`. Up to 15 digits with at most 22 decimals are exact by one division
 * (Clinger 1990); anything longer goes through Number().
 */
export function scanNumber(bytes: Uint8Array, from: number, into: Scanned): void {
  let i = from
  let negative = false
  if (bytes[i] === 45 || bytes[i] === 43) negative = bytes[i++] === 45
  let mantissa = 0
  let digits = 0
  let decimals = 0
  let byte = bytes[i]
  for (; byte >= 48 && byte <= 57; byte = bytes[++i]) {
    mantissa = mantissa * 10 + (byte - 48)
    digits++
  }
  if (byte === 46) {
    for (byte = bytes[++i]; byte >= 48 && byte <= 57; byte = bytes[++i]) {
      mantissa = mantissa * 10 + (byte - 48)
      digits++
      decimals++
    }
  }
  const exponent = byte === 101 || byte === 69
  if (exponent) {
    i++
    if (bytes[i] === 45 || bytes[i] === 43) i++
    while (bytes[i] >= 48 && bytes[i] <= 57) i++
  }
  into.end = i
  if (digits === 0) into.value = Number.NaN
  else if (exponent || digits > 15 || decimals > 22) into.value = Number(decoder.decode(bytes.subarray(from, i)))
  else {
    const value = mantissa / powersOfTen[decimals]
    into.value = negative ? -value : value
  }
}
