import { expect, test } from 'vitest'
import { causesOf, messageOf, sentenceOf } from './causes.ts'

const work = new Error('the work failed')
const closing = new Error('closing failed')

test.each([
  ['an error alone', work, ['the work failed']],
  ['two errors of `await using`', new SuppressedError(closing, work), ['the work failed', 'closing failed']],
  ['several at once', new AggregateError([work, closing]), ['the work failed', 'closing failed']],
  [
    'several with a sentence of their own',
    new AggregateError([work, closing], 'two tasks'),
    ['two tasks', 'the work failed', 'closing failed'],
  ],
  ['a cause below a cause', new Error('a', { cause: new Error('b', { cause: work }) }), ['a', 'b', 'the work failed']],
  ['the same error by two ways', new SuppressedError(new Error('last', { cause: work }), work), ['the work failed', 'last']],
  ['no error at all', 'text', ['text']],
])('%s', (_, error, expected) => {
  expect(causesOf(error).map((one) => (one instanceof Error ? one.message : one))).toEqual(expected)
})

test('an error that is its own cause ends', () => {
  const loop = new Error('loop')
  loop.cause = loop
  expect(causesOf(loop)).toEqual([loop])
})

test('what a message says already is said once', () => {
  expect(messageOf(new Error('GET /pods got no answer: socket hang up', { cause: new Error('socket hang up') }))).toBe(
    'GET /pods got no answer: socket hang up',
  )
  expect(messageOf(new SuppressedError(closing, work))).toBe('the work failed Cause: closing failed')
})

test.each([
  ['no such file', 'no such file.'],
  ['It is there.', 'It is there.'],
])('"%s" as a whole sentence', (message, sentence) => {
  expect(sentenceOf(new Error(message))).toBe(sentence)
})
