import { expect, test } from 'vitest'
import { parseMountInfo } from './mounts.ts'

test('a mountinfo line gives path, device and options; octal escapes are undone', () => {
  const text = [
    '22 27 0:21 / /proc rw,relatime - proc proc rw',
    '36 35 7:3 /sub /mnt/a\\040b\\134c ro,noatime shared:1 master:2 - xfs /dev/loop3 rw,nouuid',
    '',
  ].join('\n')
  expect(parseMountInfo(text)).toEqual([
    { path: '/proc', device: '0:21', root: '/', options: ['rw', 'relatime'] },
    { path: String.raw`/mnt/a b\c`, device: '7:3', root: '/sub', options: ['ro', 'noatime'] },
  ])
})
