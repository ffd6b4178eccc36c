import { expect, test } from 'vitest'
import { parseXattrs } from './xattrs.ts'

test('reads what getfattr prints for several files, names escaped or not', () => {
  const dump = [
    '# file: .\nuser.root=0seWVz\n',
    '# file: names/gr\\303\\266\\303\\237e\nuser.a=0sMQ==\nuser.b=0sYT1i\n',
    '# file: names/データ\nuser.c=0s\n',
    '',
  ].join('\n')
  expect(Object.fromEntries(parseXattrs(dump))).toEqual({
    '.': { 'user.root': 'eWVz' },
    'names/größe': { 'user.a': 'MQ==', 'user.b': 'YT1i' },
    'names/データ': { 'user.c': '' },
  })
})

test('reads nothing from nothing', () => {
  expect(parseXattrs('').size).toBe(0)
})
