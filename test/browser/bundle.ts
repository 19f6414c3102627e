import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { pageScript } from '../../runner/bin/bundles.mjs'

/** The page's script from its sources, as the build makes it. */
export async function bundleBrowser(): Promise<string> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const { outputFiles = [] } = await build({ ...pageScript(root), write: false })
  return outputFiles[0].text
}
