import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { flipByte } from './flip-byte.ts'

function flipped(name: string, content: Buffer): { readonly once: Buffer; readonly twice: Buffer } {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const file = join(directory, name)
  writeFileSync(file, content)
  flipByte(file)
  const once = readFileSync(file)
  flipByte(file)
  const twice = readFileSync(file)
  rmSync(directory, { recursive: true })
  return { once, twice }
}

test('the byte in the middle is another one, and the same again in the end', () => {
  const content = Buffer.from('abcde')
  const { once, twice } = flipped('p1', content)
  expect([...once].map((byte, place) => byte === content[place])).toEqual([true, true, false, true, true])
  expect(twice).toEqual(content)
})

test('what is compressed cannot be read any more', () => {
  const { once } = flipped('a.tar.gz', gzipSync('x'.repeat(10_000)))
  expect(() => gunzipSync(once)).toThrow('incorrect header check')
})
