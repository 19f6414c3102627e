/** Names of the scenario from names of others. */

/** The longest that leaves room for what is put behind it. */
const longest = 45

/** A DNS label that looks like the text: `kind-Lab@home` → `kind-lab-home`. */
export function labelOf(text: string): string {
  const label = text.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return label.slice(0, longest).replace(/^-+|-+$/g, '') || 'cluster'
}

/** Gives each text a label that was not given before. */
export class Labels {
  private readonly given = new Set<string>()

  take(text: string): string {
    const wanted = labelOf(text)
    let name = wanted
    for (let n = 2; this.given.has(name); n++) name = `${wanted}-${n}`
    this.given.add(name)
    return name
  }
}
