import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../../../contract/owner.ts'
import { fileSystemIn } from './file-system-of.ts'

function imageOf(content: Buffer): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const image = join(directory, 'volume.img')
  writeFileSync(image, content)
  return image
}

const superblock = Buffer.concat([
  Buffer.from('XFSB'),
  Buffer.alloc(28),
  Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
  Buffer.alloc(16),
])

test('the UUID of a file system is where xfs keeps it', () => {
  expect(fileSystemIn(imageOf(superblock))).toBe('00112233445566778899aabbccddeeff')
})

test('an image of zeros holds no file system', () => {
  expect(fileSystemIn(imageOf(Buffer.alloc(4096)))).toBe('none')
})

test('what is no xfs, and what is not there, is not known', () => {
  expect(fileSystemIn(imageOf(Buffer.alloc(4096, 1)))).toBeNull()
  expect(fileSystemIn(join(tmpdir(), 'no-such-image.img'))).toBeNull()
})
