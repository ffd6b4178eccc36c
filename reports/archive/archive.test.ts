import { cp, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { filesBelow } from '../model/run-files.ts'
import { exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { exampleOwnRun } from '../testing/example-own-suites.ts'
import { writeReports } from '../write-reports.ts'
import { glossary } from './glossary.ts'
import { packedRun } from './pack-run.ts'
import { filesOfTar } from './tar.ts'
import { isArchive, unpackArchive } from './unpack-archive.ts'

let directory: string
let run: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  run = join(directory, 'run')
  file = join(directory, 'run.tar.zst')
  await place(await exampleRun({ examples: exampleGuarantees.slice(0, 1) }))
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

async function place(example: string): Promise<void> {
  await rm(run, { recursive: true, force: true })
  await cp(example, run, { recursive: true })
  await rm(example, { recursive: true })
  await writeReports(run)
}

/** Paths and texts of the files in an archive. */
async function contentsOf(packed: Buffer): Promise<ReadonlyMap<string, string>> {
  const files = await filesOfTar(zstdDecompressSync(packed), { files: 1000, refuse: () => undefined })
  return new Map(files.map(({ path, content }) => [path, content.toString('utf8')]))
}

test('the same run is the same archive, whenever its files were written', async () => {
  const { content, name } = await packedRun(run)
  const copy = join(directory, 'copy')
  await cp(run, copy, { recursive: true })
  await utimes(join(copy, 'report.json'), 1, 1)
  expect((await packedRun(copy)).content.equals(content)).toBe(true)
  expect(name).toBe('holdfast-20261121-100000-ab12.tar.zst')
})

test('all files of a run are in its archive once, but for what is rendered again and what is empty', async () => {
  await writeFile(join(run, 'empty.log'), '')
  const { content, leftOut, files } = await packedRun(run)
  const all = await filesBelow(run)
  const kept = all.filter((path) => !path.startsWith('allure-results/') && path !== 'empty.log')
  const packed = [...(await contentsOf(content)).keys()].map((path) => path.replace('holdfast-20261121-100000-ab12/', ''))
  expect(packed.filter((path) => path.startsWith('run/'))).toEqual(kept.map((path) => `run/${path}`))
  expect(packed.filter((path) => !path.startsWith('run/')).toSorted()).toEqual(
    ['GLOSSARY.md', 'README.md', 'SHA256SUMS', 'VERIFY.md', 'conformance-report.schema.json'].toSorted(),
  )
  expect([files, leftOut]).toEqual([kept.length, all.length - kept.length])
})

test('suites of one’s own are in the archive of their run', async () => {
  await place(await exampleOwnRun())
  const paths = [...(await contentsOf((await packedRun(run)).content)).keys()].map((path) => path.split('/').slice(1).join('/'))
  expect(paths).toEqual(expect.arrayContaining(['run/own-suites/keeper/ordered-startup.suite.ts', 'run/own-suites.sha256']))
})

test('a run that is unpacked has every byte, and nothing differs', async () => {
  await writeFile(file, (await packedRun(run)).content)
  const unpacked = join(directory, 'unpacked')
  expect(isArchive(file)).toBe(true)
  expect(await unpackArchive(file, unpacked)).toEqual([])
  const files = await filesBelow(unpacked)
  expect(files).toEqual((await filesBelow(run)).filter((path) => !path.startsWith('allure-results/')))
  for (const path of files) expect(await readFile(join(unpacked, path))).toEqual(await readFile(join(run, path)))
})

test('a run that has not ended, and one that holds a link, are not packed', async () => {
  await symlink('/etc/hostname', join(run, 'name'))
  await expect(packedRun(run)).rejects.toThrow('name is neither a file nor a directory')
  await rm(join(run, 'report.json'))
  await expect(packedRun(run)).rejects.toThrow('has no report.json.')
})

/** An archive with these entries beside a run. */
async function archiveWith(...entries: readonly (Header & { readonly text?: string; readonly linkname?: string })[]): Promise<void> {
  const tar = pack()
  const whole = buffer(tar)
  for (const { text = '', ...entry } of [{ name: 'top/run/run.json', text: '{}' }, ...entries]) tar.entry(entry, Buffer.from(text))
  tar.finalize()
  await writeFile(file, zstdCompressSync(await whole))
}

interface Refused {
  readonly what: string
  readonly entry: Header & { readonly text?: string; readonly linkname?: string }
  readonly says: string
  readonly atMost?: { readonly megabytes: number; readonly files: number }
}

const link = '"top/run/link" is neither a file nor a directory.'

test.each<Refused>([
  { what: 'a symbolic link', entry: { name: 'top/run/link', type: 'symlink', linkname: '/etc' }, says: link },
  { what: 'a hard link', entry: { name: 'top/run/link', type: 'link', linkname: 'top/run/run.json' }, says: link },
  {
    what: 'a path that leads out',
    entry: { name: 'top/run/../../../out' },
    says: '"top/run/../../../out" is no path of an archive of a run.',
  },
  { what: 'a path from the root', entry: { name: '/out' }, says: '"/out" is no path of an archive of a run.' },
  { what: 'a control character', entry: { name: 'top/run/a\u001bb' }, says: 'is no path of an archive of a run.' },
  { what: 'a file twice', entry: { name: 'top/run/run.json' }, says: 'It has "top/run/run.json" twice.' },
  { what: 'a file below a file', entry: { name: 'top/run/run.json/evidence/x' }, says: '"top/run/run.json/evidence/x" is below a file.' },
  { what: 'a second folder', entry: { name: 'other/run.json' }, says: 'It has no run/run.json.' },
  { what: 'many files', entry: { name: 'top/more' }, says: 'It has more than 1 entries.', atMost: { megabytes: 1, files: 1 } },
  { what: 'much', entry: { name: 'top/more', text: '0'.repeat(1_000_000) }, says: 'more than 1 MB.', atMost: { megabytes: 1, files: 9 } },
])('an archive with $what is refused, and nothing is written', async ({ entry, says, atMost }) => {
  await archiveWith(entry)
  const unpacked = join(directory, 'unpacked')
  await expect(unpackArchive(file, unpacked, atMost)).rejects.toThrow(says)
  expect(existsSync(unpacked)).toBe(false)
  expect(existsSync(join(directory, 'out'))).toBe(false)
})

test.each([
  ['cut off', (content: Buffer) => content.subarray(0, content.length - 100)],
  ['changed in a byte', (content: Buffer) => content.fill(content.readUInt8(900) ^ 1, 900, 901)],
  ['empty', () => Buffer.alloc(0)],
  ['something else', () => Buffer.from('{}')],
  ['compressed, and no tar', () => zstdCompressSync(Buffer.alloc(2000, 'x'))],
  ['a tar that is cut off', (content: Buffer) => zstdCompressSync(zstdDecompressSync(content).subarray(0, 20_000))],
])('an archive that is %s is refused in a sentence that names it', async (_, damage) => {
  await writeFile(file, damage((await packedRun(run)).content))
  await expect(unpackArchive(file, join(directory, 'unpacked'))).rejects.toThrow(`${file} is no archive of a run that can be read: `)
  expect(existsSync(join(directory, 'unpacked'))).toBe(false)
})

test('what was changed, added or taken out of an archive is named', async () => {
  const files = await contentsOf((await packedRun(run)).content)
  const top = 'holdfast-20261121-100000-ab12'
  const changed = new Map([...files, [`${top}/README.md`, 'All Passed.'], [`${top}/more.md`, '']])
  changed.delete(`${top}/run/junit.xml`)
  const tar = pack()
  const whole = buffer(tar)
  for (const [name, text] of changed) tar.entry({ name }, Buffer.from(text))
  tar.finalize()
  await writeFile(file, zstdCompressSync(await whole))
  expect(await unpackArchive(file, join(directory, 'unpacked'))).toEqual([
    'README.md of the archive was changed.',
    'run/junit.xml of the archive is missing.',
    'more.md of the archive was added.',
  ])
})

test('the glossary has the meanings that CONTRIBUTING.md has', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'CONTRIBUTING.md'), 'utf8')
  const meanings = new Map([...text.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, word, meaning]) => [word, meaning]))
  const both = Object.entries(glossary).filter(([word]) => meanings.has(word))
  expect(both.length).toBeGreaterThan(20)
  expect(both).toEqual(both.map(([word]) => [word, meanings.get(word)]))
})
