/** Fields of CSV (RFC 4180). */
export const csvField = (value: string | number | boolean | null): string => {
  const text = value === null || Number.isNaN(value) ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvRow = (values: readonly (string | number | boolean | null)[]): string =>
  `${values.map(csvField).join(',')}\n`
