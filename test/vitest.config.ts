import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      { extends: true, test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: ['test/cluster/**'] } },
      {
        extends: true,
        test: {
          name: 'clusters',
          include: ['test/cluster/**/*.test.ts'],
          // Real clusters, in real time: one after another, when all else is done.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    setupFiles: ['test/setup.ts'],
    env: { NO_COLOR: '1' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two processors: more processes only get in each other's way.
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['engine/**', 'runner/**', 'reports/**'], reporter: ['text-summary', 'html'] },
  },
})
