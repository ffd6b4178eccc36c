/**
 * Gives the entries under `[Unreleased]` a version and a date, and opens an empty `[Unreleased]` above. Throws when there is nothing to
 * release.
 */
export function releaseChangelog(text: string, { version, date }: { readonly version: string; readonly date: string }): string {
  const heading = '## [Unreleased]\n'
  const start = text.indexOf(heading)
  if (start === -1) throw new Error('CHANGELOG.md has no section [Unreleased].')
  const rest = text.slice(start + heading.length)
  const end = rest.search(/^## \[/m)
  const entries = (end === -1 ? rest : rest.slice(0, end)).trim()
  if (entries === '') throw new Error('CHANGELOG.md lists nothing under [Unreleased]: there is nothing to release.')
  return `${text.slice(0, start)}${heading}\n## [${version}] - ${date}\n${rest}`
}
