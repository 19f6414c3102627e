/** Names of the columns in a header line, without the quotes around them. */
export const columnNames = (line: string, delimiter: string): string[] =>
  line
    .trim()
    .split(delimiter)
    .map(name => name.trim().replace(/^"(.*)"$/, '$1'))
