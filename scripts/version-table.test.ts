import { expect, test } from 'vitest'
import { withRelease } from './version-table.ts'

const readme = `Before.

| minor | release |             |
| ----- | ------- | ----------- |
| 1.9   | v1.9.1  |             |
| 1.11  | v1.11.4 | the default |

| another | table |
| ------- | ----- |
`

test('a minor that is there moves to the release and keeps its note', () => {
  expect(withRelease(readme, 'v1.11.5')).toBe(readme.replace('v1.11.4', 'v1.11.5'))
})

test('a new minor gets a row in its place, and the columns are as wide as they must be', () => {
  expect(withRelease(readme, 'v1.10.0-rc.1')).toBe(`Before.

| minor | release      |             |
| ----- | ------------ | ----------- |
| 1.9   | v1.9.1       |             |
| 1.10  | v1.10.0-rc.1 |             |
| 1.11  | v1.11.4      | the default |

| another | table |
| ------- | ----- |
`)
})

test('a page without the table is refused', () => {
  expect(() => withRelease('Before.\n', 'v1.11.5')).toThrow('README.md has no table with the columns minor and release.')
})
