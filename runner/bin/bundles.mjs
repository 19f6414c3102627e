// What esbuild makes of the sources: the page's script, which stands in every report; and the command with all that
// it imports, since hundreds of small modules are slow to load: but packages that bring files or native code of their own
// (Piscina, the server, its database), and the Kubernetes client, which is large and seldom needed.

const common = { bundle: true, logLevel: 'warning' }

/** @param {string} root */
export const pageScript = root => ({
  ...common,
  absWorkingDir: root,
  entryPoints: ['reports/browser/main.js'],
  outfile: 'dist/reports/browser/main.bundle.js',
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  legalComments: 'none',
})

/**
 * Made of what tsc wrote. `engine` is the hash of the code that decides what a trial gives.
 * @param {string} root
 * @param {string} engine
 */
export const command = (root, engine) => ({
  ...common,
  absWorkingDir: root,
  entryPoints: {
    main: 'dist/runner/cli/main.js',
    worker: 'dist/runner/sweep/worker.js',
    draw: 'dist/reports/charts/draw-thread.js',
  },
  outdir: 'dist/bundle',
  splitting: true,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: [
    'piscina',
    '@kubernetes/client-node',
    'ajv',
    'fastify',
    '@fastify/swagger',
    '@fastify/swagger-ui',
    'prom-client',
    'lmdb',
  ],
  define: { FABRICDT_ENGINE: JSON.stringify(engine) },
  // Some packages are CommonJS, and call require.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
  },
})

/**
 * `validate` alone, as a script: of that V8's code can be kept, which Node 20 cannot do for modules.
 * @param {string} root
 */
export const validateCommand = root => ({
  ...common,
  absWorkingDir: root,
  entryPoints: { validate: 'dist/runner/cli/main.js' },
  outdir: 'dist/bundle',
  outExtension: { '.js': '.cjs' },
  metafile: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  external: ['ajv'],
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href" },
  plugins: [onlyValidate],
})

/** Other commands are never called in it. */
const onlyValidate = {
  name: 'only-validate',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'dynamic-import' && !/(validate|print-error)\.js$/.test(path) ? { path, external: true } : null,
    )
  },
}
