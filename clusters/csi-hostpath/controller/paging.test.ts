import { expect, test } from 'vitest'
import { cutPage } from './paging.ts'

const isId = (token: string) => /^[a-z]$/.test(token)
const page = (ids: string, max_entries: number, starting_token = '') => cutPage(ids.split(''), { max_entries, starting_token }, isId)

test('pages follow each other until the token is empty', () => {
  expect(page('abcde', 2)).toEqual({ ids: ['a', 'b'], nextToken: 'b' })
  expect(page('abcde', 2, 'b')).toEqual({ ids: ['c', 'd'], nextToken: 'd' })
  expect(page('abcde', 2, 'd')).toEqual({ ids: ['e'], nextToken: '' })
  expect(page('abcde', 0)).toEqual({ ids: ['a', 'b', 'c', 'd', 'e'], nextToken: '' })
})

test('nothing is lost or doubled when the last entry of a page is deleted and another is added', () => {
  expect(page('acdef', 2, 'b')).toEqual({ ids: ['c', 'd'], nextToken: 'd' })
})

test('a token of someone else is ABORTED, a negative number of entries INVALID_ARGUMENT', () => {
  expect(() => page('abc', 1, 'invalid-token')).toThrow(expect.objectContaining({ code: 'ABORTED' }))
  expect(() => page('abc', -1)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
})
