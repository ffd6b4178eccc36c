import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { contentHash } from './content-hash.ts'

function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  return directory
}

test('the same content in another place has the same hash', () => {
  const files = { a: 'one', b: 'two' }
  expect(contentHash({ values: ['x'], files: [directoryWith(files)] })).toBe(contentHash({ values: ['x'], files: [directoryWith(files)] }))
})

test.each([
  ['a value', { values: ['y'], files: { a: 'one' } }],
  ['the bytes of a file', { values: ['x'], files: { a: 'two' } }],
  ['the name of a file', { values: ['x'], files: { b: 'one' } }],
])('%s changes the hash', (_, changed) => {
  const before = contentHash({ values: ['x'], files: [directoryWith({ a: 'one' })] })
  expect(contentHash({ values: changed.values, files: [directoryWith(changed.files)] })).not.toBe(before)
})

test('the mode of a file changes the hash', () => {
  const directory = directoryWith({ a: 'one' })
  const before = contentHash({ values: [], files: [directory] })
  chmodSync(join(directory, 'a'), 0o755)
  expect(contentHash({ values: [], files: [directory] })).not.toBe(before)
})

test('values do not run into each other', () => {
  expect(contentHash({ values: ['ab', 'c'] })).not.toBe(contentHash({ values: ['a', 'bc'] }))
})
