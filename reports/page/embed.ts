/** What may stand inside the page's own elements, and the policy that lets nothing else in. */
import { createHash } from 'node:crypto'

/** JSON for a `<script type="application/json">`: no `<`, so that nothing can end the element or open a comment. */
export const embedJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

/** Script text that cannot end its element; in strings and regular expressions `<\/` means `</`. */
export const embedScript = (code: string): string =>
  code.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--')

/** Everything is forbidden but the one style and the one script, by their hashes; without a script, all scripts. */
export function contentSecurityPolicy(style: string, script: string): string {
  const scripts = script === '' ? "'none'" : `'${hashOf(script)}'`
  return `default-src 'none'; style-src '${hashOf(style)}'; script-src ${scripts}; base-uri 'none'; form-action 'none'`
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
