/**
 * SHA-256 of each file that decides what a run does and how it judges, as they were when it began; by path in the checkout, as `sha256sum`
 * writes it. Runs of before December 2026 have none.
 */
export const sourcesFile = 'sources.sha256'

/** Folders that hold such files. */
export const sourceFolders = ['contract', 'harness', 'suites'] as const

const endings = ['.ts', '.yaml', '.txt']

/** Whether a file, by its path in the checkout, decides what a run does and how it judges: suites, ledger, harness; no tests. */
export function isSource(path: string): boolean {
  const isInFolder = sourceFolders.some((folder) => path.startsWith(`${folder}/`))
  return isInFolder && endings.some((ending) => path.endsWith(ending)) && !path.endsWith('.test.ts')
}
