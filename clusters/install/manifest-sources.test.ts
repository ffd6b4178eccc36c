import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { titleOf } from './manifest.ts'
import { manifestSource, readManifests } from './manifest-sources.ts'

const object = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`
const files: Readonly<Record<string, string>> = {
  'plain/b.yaml': object('b'),
  'plain/a.yml': object('a'),
  'plain/notes.txt': 'no YAML',
  'built/kustomization.yaml': 'resources: [../plain/b.yaml]\n',
  'chart/Chart.yaml': 'name: driver\n',
  'empty/notes.txt': '',
}
let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

test('a path names files in their order, or a kustomization', () => {
  const [plain, built] = [join(directory, 'plain'), join(directory, 'built')]
  expect(manifestSource(plain)).toEqual({ from: 'files', files: [join(plain, 'a.yml'), join(plain, 'b.yaml')] })
  expect(manifestSource(join(plain, 'b.yaml'))).toEqual({ from: 'files', files: [join(plain, 'b.yaml')] })
  expect(manifestSource(built)).toEqual({ from: 'kustomization', directory: built })
  expect(manifestSource(join(built, 'kustomization.yaml'))).toEqual({ from: 'kustomization', directory: built })
})

test('objects of all sources are read with the digest of what they were read from', async () => {
  const sources = [manifestSource(join(directory, 'plain')), manifestSource(join(directory, 'built'))]
  const { manifests, files: read } = await readManifests(sources, async (path) => ({
    text: object(`of-${path.split('/').at(-1)}`),
    by: 'kubectl v1',
  }))
  expect(manifests.map(({ manifest }) => titleOf(manifest))).toEqual(['Namespace a', 'Namespace b', 'Namespace of-built'])
  expect(read.map(({ path }) => path.replace(directory, ''))).toEqual([
    '/plain/a.yml',
    '/plain/b.yaml',
    `kustomization ${directory}/built`.replace(directory, ''),
  ])
  expect(read[1]?.sha256).toBe(createHash('sha256').update(object('b')).digest('hex'))
  expect(read[2]).toMatchObject({ sha256: createHash('sha256').update(object('of-built')).digest('hex'), renderedBy: 'kubectl v1' })
})

test.each([
  ['none', 'does not exist.'],
  ['chart', 'is a Helm chart.'],
  ['empty', 'is a directory without a YAML file.'],
])('%s is refused in one sentence', (name, sentence) => {
  const path = join(directory, name)
  expect(() => manifestSource(path)).toThrow(`--install ${path} ${sentence}`)
})

test('an address and a device are refused', () => {
  expect(() => manifestSource('https://example.com/driver.yaml')).toThrow(
    '--install https://example.com/driver.yaml is an address and no path.',
  )
  expect(() => manifestSource('/dev/null')).toThrow('--install /dev/null is neither a file nor a directory.')
})
