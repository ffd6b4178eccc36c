/** Environment variable that tells Vitest which suites of one's own there are: absolute paths, one a line. */
export const ownSuitesVariable = 'HOLDFAST_OWN_SUITES'

/** Environment variable that tells Vitest only to load suites, and into which file to write why it cannot. */
export const loadedVariable = 'HOLDFAST_LOADED'

/** The value of the variable for some suites. */
export function ownSuitesValue(files: readonly string[]): string {
  return files.join('\n')
}

/** The patterns by which Vitest finds the suites that a value names, and no others. */
export function ownSuitePatterns(value = ''): readonly string[] {
  return value.split('\n').flatMap((file) => (file === '' ? [] : [file.replaceAll(/[\\()[\]{}!*?+@|]/g, String.raw`\$&`)]))
}
