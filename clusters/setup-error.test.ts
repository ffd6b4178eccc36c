import { expect, test } from 'vitest'
import { because, SetupError } from './setup-error.ts'

test.each<[unknown, string]>([
  [new Error('spawn kind ENOENT.\nat once'), ': spawn kind ENOENT'],
  ['killed', ': killed'],
  [new SetupError('docker does not answer.', { fix: 'Start it.' }), ''],
])('a sentence ends with why: %s', (error, words) => {
  expect(because(error)).toBe(words)
})
