import { expect, test } from 'vitest'
import { missingLine } from './printed-lines.ts'

const printed = `creating cluster holdfast-1
Passed  dns/names   1.2 s

Holdfast 2026  success  1 of 180 checks ran
  meaning   exit code 0
removed cluster holdfast-1
`

test.each([
  ['all of it', printed],
  ['other times', 'creating cluster …\nPassed dns/names … s\nHoldfast …  success  1 of 180 checks ran\n…\nremoved cluster …'],
  ['lines left out anywhere', '…\nPassed dns/names … s\n…\n  meaning exit code 0\n…'],
  ['lines left out at the start alone', '…\n  meaning   exit code 0\nremoved cluster holdfast-1'],
  ['lines left out that are none', '…\ncreating cluster holdfast-1\n…\nPassed  dns/names   1.2 s\n…'],
  ['nothing but lines left out', '…'],
])('a page may show %s', (_, shown) => {
  expect(missingLine(shown, printed)).toBeUndefined()
})

test.each([
  ['another line', '…\nFailed dns/names … s\n…', 'Failed dns/names … s'],
  ['lines in another order', '…\n  meaning exit code 0\n…\nPassed dns/names … s\n…', 'Passed dns/names … s'],
  ['lines left out without a word', 'creating cluster …\nHoldfast … success …\n…', 'Holdfast … success …'],
  ['a start that is not the first line', 'Passed dns/names … s\n…', 'Passed dns/names … s'],
  ['an end that is not the last line', '…\n  meaning exit code 0', 'meaning exit code 0'],
  ['one line twice', '…\nremoved cluster …\n…\nremoved cluster …\n…', 'removed cluster …'],
  ['more lines than there are', `${printed}\nDone.`, 'Done.'],
  ['signs that mean something in a pattern', '…\n  meaning   exit code .\n…', 'meaning exit code .'],
  ['nothing', '', '(the end; after it came: creating cluster holdfast-1)'],
])('a page may not show %s', (_, shown, line) => {
  expect(missingLine(shown, printed)).toBe(line)
})

test('colours do not count', () => {
  expect(missingLine('Passed', '\u001b[32mPassed\u001b[39m\n')).toBeUndefined()
})
