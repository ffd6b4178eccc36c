import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globals: false,
    retry: 0,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{harness,clusters,reports,cli}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['suites/**/*.suite.ts'],
          testTimeout: 15 * 60_000,
          hookTimeout: 5 * 60_000,
          sequence: { concurrent: true },
          maxConcurrency: 10,
        },
      },
    ],
  },
})
