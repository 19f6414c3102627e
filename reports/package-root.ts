import { existsSync } from 'node:fs'

/** Folder of the package as a URL with a slash at its end, from `reports/` and from `dist/reports/` alike. */
export const packageRoot: URL = findRoot(new URL('./', import.meta.url))

function findRoot(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder
  const parent = new URL('../', folder)
  if (parent.href === folder.href)
    throw new Error(`No package.json above ${import.meta.url}: the installation is incomplete.`)
  return findRoot(parent)
}
