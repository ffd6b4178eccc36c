import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { execa } from 'execa'
import { expect, onTestFinished, test, vi } from 'vitest'
import { SetupError } from '../setup-error.ts'
import { writtenFiles } from '../testing/written-files.ts'
import { imagesIn, packImages, type PackedManifest, unpackImages } from './packed-images.ts'

const files = writtenFiles('images.tar.zst')
const images = [{ name: 'node', reference: 'holdfast.local/node:v1.37.2-0123456789ab', imageId: 'sha256:1' }]
const content = 'layers '.repeat(10_000)

let made = 0

function directory(): string {
  const path = join(files.directory, `directory-${++made}`)
  mkdirSync(path)
  return path
}

async function packed(): Promise<string> {
  const from = directory()
  writeFileSync(imagesIn(from), content)
  const file = join(files.directory, `images-${++made}.tar.zst`)
  await packImages(file, from, { kubernetes: 'v1.37.2', images })
  return file
}

/** An archive, compressed as ours are, of two files in a directory. */
async function archiveOf(from: string): Promise<string> {
  const { stdout } = await execa('tar', ['--create', '--file=-', '--directory', from, 'manifest.json', 'images.tar'], {
    encoding: 'buffer',
  })
  const file = join(files.directory, `archive-${++made}.tar.zst`)
  writeFileSync(file, zstdCompressSync(stdout))
  return file
}

const refused = async (file: string) => {
  const error: unknown = await unpackImages(file, directory()).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SetupError)
  const { message, fix } = error as SetupError
  expect(message).toMatch(/^[^\n]*\.$/)
  expect(fix).toContain('image save --all')
  return message
}

test('what was packed is unpacked, with what the archive says of itself', async () => {
  const into = directory()
  const manifest = await unpackImages(await packed(), into)
  expect(manifest).toMatchObject({ kubernetes: 'v1.37.2', images })
  expect(readFileSync(imagesIn(into), 'utf8')).toBe(content)
})

test('what follows the end of the archive does not matter', async () => {
  const tar = zstdDecompressSync(readFileSync(await packed()))
  const file = join(files.directory, 'longer.tar.zst')
  writeFileSync(file, zstdCompressSync(Buffer.concat([tar, Buffer.alloc(5_000_000)])))
  expect(await unpackImages(file, directory())).toMatchObject({ images })
})

test('the same images make the same content', async () => {
  const [one, other] = [zstdDecompressSync(readFileSync(await packed())), zstdDecompressSync(readFileSync(await packed()))]
  expect(one.equals(other)).toBe(true)
})

test('a file that is no archive is refused', async () => {
  expect(await refused(files.write('no archive', 'text'))).toContain('is no archive that')
  expect(await refused(files.write('', 'empty'))).toContain('is no archive that')
  expect(await refused(files.directory)).toContain('EISDIR')
})

test('an archive of something else is refused', async () => {
  const file = join(files.directory, 'else.zst')
  writeFileSync(file, zstdCompressSync(Buffer.from('text')))
  expect(await refused(file)).toContain('is no archive that')
})

test('an archive that was cut off is refused', async () => {
  const whole = readFileSync(await packed())
  const file = join(files.directory, 'cut.tar.zst')
  writeFileSync(file, whole.subarray(0, whole.length - 10))
  expect(await refused(file)).toContain('unexpected end of file')
})

test('an archive whose images are not those that it was written with is refused', async () => {
  const tar = zstdDecompressSync(readFileSync(await packed()))
  tar.write('lawyer', tar.indexOf('layers'))
  const file = join(files.directory, 'changed.tar.zst')
  writeFileSync(file, zstdCompressSync(tar))
  expect(await refused(file)).toContain('is damaged: its images have the digest')
})

const manifest: PackedManifest = { format: 'holdfast-images/1', kubernetes: 'v1.37.2', sha256: '0'.repeat(64), images }

test('an archive of another version is refused', async () => {
  const from = directory()
  writeFileSync(imagesIn(from), content)
  writeFileSync(join(from, 'manifest.json'), JSON.stringify({ ...manifest, format: 'holdfast-images/2' }))
  expect(await refused(await archiveOf(from))).toContain('of this version wrote')
})

test('an archive with a link in place of its images is refused', async () => {
  const from = directory()
  symlinkSync('/etc/hostname', imagesIn(from))
  writeFileSync(join(from, 'manifest.json'), JSON.stringify(manifest))
  expect(await refused(await archiveOf(from))).toContain('of this version wrote')
})

test('an archive that cannot be written leaves nothing, and nobody who packs', async () => {
  const from = directory()
  writeFileSync(imagesIn(from), content)
  const slow = directory()
  writeFileSync(join(slow, 'tar'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 })
  vi.stubEnv('PATH', `${slow}:${process.env['PATH']}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const file = join(files.directory, 'missing', 'images.tar.zst')
  const listeners = process.listenerCount('SIGTERM')
  await expect(packImages(file, from, { kubernetes: 'v1.37.2', images })).rejects.toThrow(`The images could not be written to ${file}`)
  expect(existsSync(file)).toBe(false)
  expect(process.listenerCount('SIGTERM')).toBe(listeners)
})
