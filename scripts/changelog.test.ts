import { expect, test } from 'vitest'
import { releaseChangelog } from './changelog.ts'

const release = { version: '0.2.0', date: '2026-12-01' }

test('unreleased entries get a version and a date, below a new empty section', () => {
  expect(releaseChangelog('# Changelog\n\n## [Unreleased]\n\n- a\n\n## [0.1.0] - 2026-01-01\n', release)).toBe(
    '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n- a\n\n## [0.1.0] - 2026-01-01\n',
  )
})

test.each([
  ['nothing under [Unreleased]', '## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- a\n', /nothing to release/],
  ['no section [Unreleased]', '# Changelog\n', /no section/],
])('%s is an error', (_what, text, message) => {
  expect(() => releaseChangelog(text, release)).toThrow(message)
})
