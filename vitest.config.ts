import { defineConfig } from 'vitest/config'

/** Set for conformance runs: the directory that evidence and results go to. */
const run = process.env['HOLDFAST_RUN']

export default defineConfig({
  test: {
    globals: false,
    retry: 0,
    ...(run === undefined ? {} : { reporters: ['./reports/reporter.ts'] }),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{harness,clusters,reports,cli}/**/*.test.ts'],
          testTimeout: 20_000,
          // Drivers are started in hooks.
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['suites/**/*.suite.ts'],
          // Suites wait far more than they compute: one process holds them all.
          pool: 'threads',
          // Waits have limits of their own, which name what did not happen; this one only ends a suite that hangs.
          testTimeout: 15 * 60_000,
          hookTimeout: 5 * 60_000,
          sequence: { concurrent: true },
          maxConcurrency: 20,
        },
      },
    ],
  },
})
