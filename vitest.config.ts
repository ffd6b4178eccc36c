import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { publicEntries } from './cli/own-suites/public-entries.ts'
import { loadedVariable, ownSuitePatterns, ownSuitesVariable } from './cli/own-suites/suites-variable.ts'
import { SuiteSequencer } from './cli/plan/suite-sequencer.ts'
import { cacheDirectory } from './clusters/directories.ts'
import { codeEnding, isPackage } from './contract/distribution.ts'

/** Set for conformance runs: the directory that evidence and results go to. */
const run = process.env['HOLDFAST_RUN']

/** The package is never written to: what Vitest keeps goes to the caches of the user. */
const kept = isPackage ? { cacheDir: cacheDirectory('vitest') } : {}

/** Set for tests that are to leave results: the directory that these go to. */
const tests = process.env['HOLDFAST_TESTS']

/** Tests on real loop devices, as root: of the CSI driver, and of what removes its devices. */
const devices = 'clusters/**/*.device.test.ts'

export default defineConfig({
  ...kept,
  test: {
    globals: false,
    retry: 0,
    // Every control starts Vitest anew: what was transformed once is taken from the disk.
    fsModuleCache: true,
    ...(isPackage && { fsModuleCachePath: cacheDirectory('vitest', 'modules') }),
    ...(tests === undefined ? {} : { reporters: ['minimal', './reports/test-reporter.ts'] }),
    ...(run === undefined ? {} : { reporters: [`./reports/reporter${codeEnding}`], sequence: { sequencer: SuiteSequencer } }),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{harness,clusters,contract,reports,cli,scripts}/**/*.test.ts'],
          exclude: [devices],
          alias: publicEntries,
          // Many wait for a limit or a real process rather than compute.
          maxWorkers: 4,
          // A process of its own for each file costs more than its tests. The files of a worker share one, in which each module is loaded
          // once, and each leaves it as it found it, or fails. That none passes only because of another is shown by `npm test`, where each
          // file has its own.
          isolate: false,
          setupFiles: './cli/layers/process-as-found.ts',
          globalSetup: './reports/testing/unpacked-runs.ts',
          // Programs that tests start load what was compiled once.
          env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'node') },
          // Some start processes and drivers: on a busy machine that takes its time.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'driver',
          include: [devices],
          // Real file systems on two cores that others use too; hooks start drivers.
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...kept,
        test: {
          name: 'conformance',
          include: [`suites/**/*.suite${codeEnding}`, ...ownSuitePatterns(process.env[ownSuitesVariable])],
          alias: publicEntries,
          // Suites that are only loaded need no cluster.
          ...(process.env[loadedVariable] === undefined && { globalSetup: `./harness/fixtures/global-setup${codeEnding}` }),
          // Suites wait far more than they compute: one process holds them all, and a worker loads the harness once for all its suites.
          pool: 'threads',
          isolate: false,
          // Waits have limits of their own, which name what did not happen; this one only ends a suite that hangs.
          testTimeout: 15 * 60_000,
          hookTimeout: 5 * 60_000,
          sequence: { concurrent: true },
          maxConcurrency: 20,
          provide: run === undefined ? {} : await (await import('./harness/fixtures/credentials-for-workers.ts')).credentialsForWorkers(),
        },
      },
    ],
  },
})
