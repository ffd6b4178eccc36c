import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { writtenFiles } from '../testing/written-files.ts'
import { readArchive, referencesIn } from './image-archive.ts'

const files = writtenFiles('archive.tar')
const name = 'io.containerd.image.name'
const ref = 'org.opencontainers.image.ref.name'

/** Writes an archive of these files. Returns its path. */
async function archive(path: string, members: Readonly<Record<string, unknown>>, flags: readonly string[] = []): Promise<string> {
  const from = join(files.directory, `${path}-content`)
  mkdirSync(from)
  for (const [member, content] of Object.entries(members)) writeFileSync(join(from, member), JSON.stringify(content))
  const whole = join(files.directory, path)
  await execa('tar', ['--create', ...flags, '--file', whole, '-C', from, ...(path.startsWith('dot') ? ['.'] : Object.keys(members))])
  return whole
}

test.each([
  [
    { manifest: [{ RepoTags: ['example.com/driver:v1', 'driver:v1'] }], index: undefined },
    ['example.com/driver:v1', 'docker.io/library/driver:v1'],
  ],
  [
    { manifest: undefined, index: { manifests: [{ annotations: { [name]: 'docker.io/me/driver:v1', [ref]: 'v1' } }] } },
    ['docker.io/me/driver:v1'],
  ],
  [{ manifest: [{ RepoTags: null }], index: { manifests: [{ annotations: { [ref]: 'localhost/driver:v1' } }] } }, ['localhost/driver:v1']],
  [{ manifest: undefined, index: { manifests: [{ annotations: { [ref]: 'v1' } }, {}] } }, []],
  [
    { manifest: [{ RepoTags: ['a:1'] }], index: { manifests: [{ annotations: { [name]: 'docker.io/library/a:1' } }] } },
    ['docker.io/library/a:1'],
  ],
])('%j holds %j', (found, references) => {
  expect(referencesIn(found)).toEqual(references)
})

test('archives are read, compressed or not', async () => {
  const docker = await archive('docker.tar', { 'manifest.json': [{ RepoTags: ['example.com/driver:v1'] }] })
  const layout = await archive('dot.tar.gz', { 'index.json': { manifests: [{ annotations: { [name]: 'example.com/driver:v2' } }] } }, [
    '--gzip',
  ])
  expect(await readArchive(docker)).toEqual({
    path: docker,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    references: ['example.com/driver:v1'],
  })
  expect((await readArchive(layout)).references).toEqual(['example.com/driver:v2'])
  const tagged = join(files.directory, 'driver:v1.tar')
  renameSync(docker, tagged)
  expect((await readArchive(relative('', tagged))).references).toEqual(['example.com/driver:v1'])
})

test('what is no archive of images is refused in one sentence', async () => {
  const [plain, other] = [files.write('not an archive'), await archive('other.tar', { 'notes.json': {} })]
  const unnamed = await archive('unnamed.tar', { 'index.json': { manifests: [{ annotations: { [ref]: 'v1' } }] } })
  const reason = 'is no archive of images: it has neither manifest.json nor index.json.'
  await expect(readArchive(plain)).rejects.toThrow(`--image-archive ${plain} ${reason}`)
  await expect(readArchive(other)).rejects.toThrow(`--image-archive ${other} ${reason}`)
  await expect(readArchive(unnamed)).rejects.toThrow(`--image-archive ${unnamed} holds no image with a name.`)
  await expect(readArchive('/nowhere.tar')).rejects.toThrow('--image-archive /nowhere.tar does not exist.')
  await expect(readArchive(files.directory)).rejects.toThrow(`--image-archive ${files.directory} is not a file.`)
})
