import { expect, test } from 'vitest'
import { contains } from './pattern.ts'

test.each([
  ['Pod web-1', '*', true],
  ['', '*', true],
  ['', '', true],
  ['one\ntwo', '', true],
  ['Pod web-1', 'Pod **web', true],
  ['aba', 'ab*ba', false],
  ['one\none two', 'one*two', true],
  ['one x\ntwo one', 'one*two', false],
  ['one\rtwo', 'one*two', false],
  ['one\ntwo three', 'one\ntwo*three', true],
  ['one two\nthree', '*one*two*', true],
  [String.raw`a.b+c[d]\e`, String.raw`.b+*[d]\e`, true],
])('%j contains %j: %s', (text, pattern, is) => {
  expect(contains(text, pattern)).toBe(is)
})

test('a pattern of many stars is found, or not, at once', () => {
  const pattern = Array.from({ length: 31 }, () => 'waited').join('*')
  const text = 'waited '.repeat(300)
  const started = performance.now()
  expect([contains(text, pattern), contains(text, `${pattern}*for`), contains(`${text}\nfor`, `${pattern}*for`)]).toEqual([
    true,
    false,
    false,
  ])
  expect(performance.now() - started).toBeLessThan(1000)
})
