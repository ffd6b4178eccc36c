import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { limits } from './limits.ts'

const root = dirname(dirname(import.meta.dirname))

/** Only adds limits up, for the limit of the test runner. */
const sum = 'harness/conformance.ts'

/** Code that may enforce a limit: tests and the list itself do not. */
function sources(): readonly string[] {
  return globSync('{harness,suites}/**/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts') && file !== 'harness/engine/limits.ts' && file !== sum,
  )
}

test('every limit is enforced somewhere', () => {
  const used = new Set(
    sources().flatMap((file) => readFileSync(join(root, file), 'utf8').match(/(?<=\blimits(?:Of\([^()]*\))?\.)\w+/g) ?? []),
  )
  expect(Object.keys(limits).filter((name) => !used.has(name))).toEqual([])
})
