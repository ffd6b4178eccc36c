import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { type DataDirectory, openDataDirectory } from '../storage/data-directory.ts'
import { blankImage } from '../storage/volume-image.ts'
import { damage, damages } from './damage.ts'

const mebibyte = 1024 ** 2

let directory: string
let data: DataDirectory
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('damage')))
  data = await openDataDirectory(directory)
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test.each(damages)('%s leaves a volume alone that nobody has formatted', async (name) => {
  const image = join(directory, `${name}.img`)
  await blankImage(image, mebibyte)
  expect(await damage(data, { name, image, access: { type: 'mount', fsType: 'xfs' } })).toBe(false)
  expect(readFileSync(image).equals(Buffer.alloc(mebibyte))).toBe(true)
})
