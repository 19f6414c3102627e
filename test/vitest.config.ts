import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      { extends: true, test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: ['test/{cluster,alone}/**'] } },
      {
        extends: true,
        test: {
          name: 'clusters',
          include: ['test/cluster/**/*.test.ts'],
          // Real clusters, when all else is done: they wait more than they compute.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/alone/**/*.test.ts'],
          // What is measured in real time, and what looks at all that is on the machine: one after another.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
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
