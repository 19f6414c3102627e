import { readdir, readFile } from 'node:fs/promises'
import { packageRoot } from '../package-root.ts'

const folder = new URL('templates/report/', packageRoot)

/** Renders `templates/report/page.hbs`; every other file there is a partial by its name. All values are escaped. */
export async function renderTemplate(context: object): Promise<string> {
  const { default: Handlebars } = await import('handlebars')
  const environment = Handlebars.create()
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.hbs'))) {
    environment.registerPartial(file.slice(0, -'.hbs'.length), await readTemplate(file))
  }
  return environment.compile('{{> page}}', { strict: true, preventIndent: true })(context)
}

export const readTemplate = (file: string): Promise<string> => readFile(new URL(file, folder), 'utf8')
