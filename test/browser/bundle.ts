import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The page's script from its sources, as runner/bin/build.mjs makes it. */
export async function bundleBrowser(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../reports/browser/main.js', import.meta.url))],
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  })
  return outputFiles[0].text
}
