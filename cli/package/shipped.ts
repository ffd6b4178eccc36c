import { globSync } from 'node:fs'
import { countsForImage } from '../../clusters/images/content-hash.ts'
import { ownSources } from '../../clusters/images/plan.ts'

/** Code that something starts or imports by its path: what it imports is shipped too, and no other code. */
const entries = [
  'cli/main.ts',
  'cli/own-suites/load-reporter.ts',
  'cli/run/exit-with-parent.ts',
  'clusters/csi-hostpath/main.ts',
  'contract/disposal.ts',
  'harness/chaos/main.ts',
  'harness/fixtures/global-setup.ts',
  'harness/define.ts',
  'harness/index.ts',
  'harness/sweep-kept.ts',
  'harness/vocabulary/data/workload/main.ts',
  'reports/reporter.ts',
  'vitest.config.ts',
  'suites/**/*.suite.ts',
]

/** Files that are shipped as they are. */
const data = [
  // The program that starts everything else, and completion.
  'cli/{packaged,hand-over}.mjs',
  'contract/node-flags.mjs',
  'cli/completion/complete.mjs',
  // Mutants of components, the driver, and all that images are built from.
  'clusters/component-mutants/data/*.yaml',
  'clusters/csi-hostpath/*.{proto,yaml}',
  'clusters/images/**',
  // Manifests that suites apply.
  'docs/examples/*.yaml',
  'reports/*.schema.json',
  'suites/*.json',
  'suites/**/*.{yaml,txt}',
]

/** Entries of the code of the package, by their paths in the checkout. */
export function shippedEntries(root: string): readonly string[] {
  return filesOf(root, entries)
}

/** Paths in the checkout of the files that are shipped as they are. */
export function shippedData(root: string): readonly string[] {
  return filesOf(root, data).filter((path) => !/\.(?:ts|md)$/.test(path))
}

/** Paths in the checkout of what images of our own programs are told apart by; the package has them below `sources/`. */
export function shippedSources(root: string): readonly string[] {
  const folders = Object.values(ownSources).flatMap(({ files }) => files)
  return filesOf(
    root,
    folders.map((folder) => `${folder}/**`),
  ).filter(countsForImage)
}

function filesOf(root: string, patterns: readonly string[]): readonly string[] {
  const found = globSync(patterns, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile())
  return found.map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length + 1)).toSorted()
}
