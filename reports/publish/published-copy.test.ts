import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { publicationText, publishedProblems, publishedRun, wholeRunProblems } from '../model/published-run.ts'
import { filesBelow } from '../model/run-files.ts'
import { exampleKnownFailures, knownFailuresText } from '../testing/example-known-failures.ts'
import { exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { recheck, recheckLines } from '../verify/recheck.ts'
import { verifyReport } from '../verify/verify.ts'
import { writeReports } from '../write-reports.ts'
import { largestParts, type PublishedCopy, publishedCopy, removeAbandoned, writePublishedCopies } from './published-copy.ts'

const passed = 'statefulset/ordered-startup'
const failed = 'statefulset/halts-while-predecessor-is-not-ready'
let whole = ''
let copy = ''

beforeEach(async () => {
  whole = await exampleRun()
  copy = join(whole, '..', `${whole.split('/').at(-1) ?? ''}-copy`)
  await writeReports(whole)
  await write(await publishedCopy(whole), copy)
})

afterEach(async () => {
  for (const directory of [whole, copy]) await rm(directory, { recursive: true, force: true })
})

async function write(made: PublishedCopy, directory: string): Promise<void> {
  await writePublishedCopies([{ copy: made, directory }])
}

async function problemsIn(directory: string): Promise<readonly string[]> {
  const published = await publishedRun(directory)
  if (published === undefined) throw new Error(`${directory} is not published.`)
  return (await publishedProblems(directory, published)).map(({ path, problem }) => `${path} ${problem}`)
}

test('what is not Passed is kept whole, of what Passed the judgements are', async () => {
  expect(await filesBelow(join(copy, 'evidence', failed))).toEqual(await filesBelow(join(whole, 'evidence', failed)))
  expect(await filesBelow(join(copy, 'evidence/expansion/online'))).toContain('history.jsonl')
  expect(await filesBelow(join(copy, 'evidence', passed))).toEqual(['judgements.jsonl'])
  expect(await readFile(join(copy, 'report.json'), 'utf8')).toBe(await readFile(join(whole, 'report.json'), 'utf8'))
  expect(existsSync(join(copy, 'allure-results'))).toBe(false)
})

test('a copy of a run with known failures has their file, verifies and comes out as stored', async () => {
  const known = exampleKnownFailures.map((entry) => ({ ...entry, reason: undefined }))
  const passes = known.slice(0, 1).map((entry) => ({ ...entry, guarantee: passed }))
  await writeFile(join(whole, 'known-failures.yaml'), knownFailuresText([...known, ...passes]))
  const { report } = await writeReports(whole)
  expect(report.knownFailures?.entries.map(({ outcome }) => outcome)).toEqual(['known', 'known', 'passes again'])
  await rm(copy, { recursive: true })
  await write(await publishedCopy(whole), copy)
  expect(await verifyReport(copy)).toEqual([])
  expect(await recheck(copy)).toMatchObject({ differences: [], byDigest: 1, exitCode: 0 })
  await writeFile(join(copy, 'known-failures.yaml'), knownFailuresText(known))
  expect(await problemsIn(copy)).toEqual(['known-failures.yaml was changed'])
  expect(await verifyReport(copy)).toEqual(['known-failures.yaml was changed after the report was written.'])
})

test('its bytes are those that it says, and the largest of them are named', async () => {
  const { bytes, files } = await publishedCopy(whole)
  const sizes = await Promise.all((await filesBelow(copy)).map(async (path) => (await readFile(join(copy, path))).length))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes)
  expect(files).toHaveLength(sizes.length)
  const inEvidence = [1, 2].map((part) => ({ path: `evidence/a/b/${part}`, bytes: 10 }))
  expect(largestParts({ files: [{ path: 'c', bytes: 15 }, ...inEvidence, { path: 'd', bytes: 1 }] }, 2)).toEqual([
    { path: 'evidence/a/b', bytes: 20 },
    { path: 'c', bytes: 15 },
  ])
})

test('an untouched copy verifies, judges what it can, and never says that the rest is as stored', async () => {
  expect(await verifyReport(copy)).toEqual([])
  const result = await recheck(copy)
  expect(result).toMatchObject({ checked: 2, byDigest: 1, exitCode: 0 })
  expect(recheckLines(result)).toEqual([
    'Rechecked 2 guarantees, 2 judgements: all as stored.',
    '1 guarantee is kept by digest only and not judged again: the evidence is in the whole run. The digests of all files that are here match.',
  ])
})

test('with all evidence, everything is judged again; with none, nothing is', async () => {
  const [all, none] = [join(whole, 'all'), join(whole, 'none')]
  const copies = [await publishedCopy(whole, 'all'), await publishedCopy(whole, 'none')] as const
  await write(copies[0], all)
  await write(copies[1], none)
  expect(await recheck(all)).toMatchObject({ checked: 3, byDigest: 0, exitCode: 0 })
  expect(await recheck(none)).toMatchObject({ checked: 0, byDigest: 3, exitCode: 0 })
  for (const directory of [all, none]) expect(await verifyReport(directory)).toEqual([])
  expect(await filesBelow(join(none, 'evidence', failed))).toEqual(['judgements.jsonl'])
  expect(await readFile(join(none, 'index.html'), 'utf8')).toContain('by digest for all checks (3)')
  expect(copies[0].bytes).toBeGreaterThan(copies[1].bytes)
})

test('a copy of a copy is the same, byte for byte', async () => {
  const again = join(whole, 'again')
  await write(await publishedCopy(copy, 'none'), again)
  const paths = await filesBelow(copy)
  expect(await filesBelow(again)).toEqual(paths)
  for (const path of paths) expect(await readFile(join(again, path), 'utf8')).toBe(await readFile(join(copy, path), 'utf8'))
})

test.for(['index.html', 'timelines.html'])('a page that is not the one that was published is found: %s', async (page) => {
  await appendFile(join(copy, page), '<p>All Passed.</p>')
  expect(await problemsIn(copy)).toEqual([`${page} was changed`])
  expect((await recheck(copy)).exitCode).toBe(1)
  await rm(join(copy, page))
  expect(await problemsIn(copy)).toEqual([`${page} is missing`])
})

test('of a copy that does not say which page it was published with, any is taken', async () => {
  await writeFile(join(copy, 'publication.json'), publicationText('failed'))
  await appendFile(join(copy, 'index.html'), '\n')
  expect(await problemsIn(copy)).toEqual([])
})

test('of several copies, either all are there or none', async () => {
  const [one, other] = [join(whole, 'one'), join(whole, 'other')]
  const [made, broken] = [await publishedCopy(whole), await publishedCopy(copy)]
  await rm(join(copy, 'run.json'))
  const placed = [
    { copy: made, directory: one },
    { copy: broken, directory: other },
  ]
  await expect(writePublishedCopies(placed)).rejects.toThrow('ENOENT')
  expect((await readdir(whole)).filter((name) => /^(?:one|other)/.test(name))).toEqual([])
})

test('where everything is kept by digest, nothing is said to be as stored', async () => {
  await Promise.all([whole, copy].map((directory) => rm(directory, { recursive: true })))
  whole = await exampleRun({ examples: exampleGuarantees.slice(0, 1) })
  await writeReports(whole)
  await write(await publishedCopy(whole), copy)
  const result = await recheck(copy)
  expect(recheckLines(result).join('\n')).not.toContain('as stored')
  expect(recheckLines(result)[0]).toBe('No guarantee was judged again.')
  expect(result.exitCode).toBe(0)
})

test('whoever has the whole run can show that it is the same', async () => {
  const published = await publishedRun(copy)
  if (published === undefined) throw new Error('The copy is not published.')
  expect(await wholeRunProblems(whole, published)).toEqual([])
  await writeFile(join(whole, 'evidence', passed, 'history.jsonl'), '')
  await writeFile(join(whole, 'evidence', passed, 'more.log'), '')
  await rm(join(whole, 'junit.xml'))
  expect(await wholeRunProblems(whole, published)).toEqual([
    { path: 'junit.xml', problem: 'is missing' },
    { path: `evidence/${passed}/history.jsonl`, problem: 'was changed' },
    { path: `evidence/${passed}/more.log`, problem: 'was added' },
  ])
})

test.each([
  ['judgements that were changed', `evidence/${passed}/judgements.jsonl`, 'was changed'],
  ['a list of digests that was changed', `evidence/${failed}/SHA256SUMS`, 'was changed'],
  ['a run record that was changed', 'run.json', 'was changed'],
  ['a file that came later', `evidence/${passed}/logs/new.log`, 'was added'],
  ['a file in no folder of a guarantee', 'evidence/statefulset/new', 'was added'],
])('%s is found', async (_, path, problem) => {
  await mkdir(join(copy, path, '..'), { recursive: true })
  await writeFile(join(copy, path), `${existsSync(join(copy, path)) ? await readFile(join(copy, path), 'utf8') : ''}\n`)
  expect(await problemsIn(copy)).toEqual([`${path} ${problem}`])
  expect((await recheck(copy)).exitCode).toBe(1)
})

test('evidence of what is not Passed cannot be taken away, nor the judgements of what is', async () => {
  await rm(join(copy, 'evidence', failed), { recursive: true })
  await rm(join(copy, 'evidence', passed), { recursive: true })
  expect(await problemsIn(copy)).toEqual([`evidence/${failed}/SHA256SUMS is missing`, `evidence/${passed}/judgements.jsonl is missing`])
})

test('a report that names another digest than the list is found', async () => {
  const report = await readFile(join(copy, 'report.json'), 'utf8')
  const digest = new RegExp(`${passed}/history.jsonl",[^}]*"sha256":"(\\w+)"`).exec(report)?.[1] ?? 'none'
  await writeFile(join(copy, 'report.json'), report.replace(digest, 'f'.repeat(64)))
  expect(await verifyReport(copy)).toEqual([`report.json: the digest of evidence/${passed}/history.jsonl is not the one in SHA256SUMS.`])
})

test('every sentence, reason and judgement is on the page, every link leads somewhere, and what is away is counted and has its digest', async () => {
  const page = await readFile(join(copy, 'index.html'), 'utf8')
  for (const { guarantee, reasons } of exampleGuarantees) {
    expect(page).toContain(guarantee.statement)
    for (const { summary } of reasons) expect(page).toContain(summary)
  }
  expect(page.match(/<td>Checked\s/g)).toHaveLength(3)
  const timelines = await readFile(join(copy, 'timelines.html'), 'utf8')
  expect(timelines.match(/<svg/g)).toHaveLength(2)
  const links = [...`${page}${timelines}`.matchAll(/ href="((?!https?:|#)[^"#]+)/g)].map(([, path = '']) => path)
  expect(links).toContain(`evidence/${failed}/history.jsonl`)
  expect(links.filter((path) => !existsSync(join(copy, path)))).toEqual([])
  const sums = await readFile(join(whole, 'evidence', passed, 'SHA256SUMS'), 'utf8')
  const away = sums.split('\n').filter((line) => line !== '' && !line.endsWith('judgements.jsonl'))
  expect(away).toHaveLength(6)
  expect(page).toContain('7 files, each with its SHA-256 in <a href="SHA256SUMS">')
  const listed = await readFile(join(copy, 'SHA256SUMS'), 'utf8')
  for (const line of away) expect(listed).toContain(line.replace('  ', `  evidence/${passed}/`))
  expect(page).toContain('by digest for what Passed (1), whole for all other checks')
})

test('a copy that cannot be written leaves nothing', async () => {
  const made = await publishedCopy(whole)
  await rm(join(whole, 'junit.xml'))
  const target = `${copy}-2`
  await expect(write(made, target)).rejects.toThrow('ENOENT')
  const left = (await readdir(join(copy, '..'))).filter((name) => join(copy, '..', name).startsWith(target))
  expect(left).toEqual([])
})

test('what a killed process left of a copy is removed, and nothing that may be in use', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  const target = join(whole, 'again')
  const owners = [
    { ...thisOwner(), pid },
    { ...thisOwner(), pid: process.ppid, startTicks: '' },
  ].map(ownerText)
  const parts = [...owners, '4711'].map((owner) => `${target}.partial-${owner}`)
  for (const part of parts) await mkdir(part)
  await removeAbandoned(whole)
  expect(parts.map((part) => existsSync(part))).toEqual([false, true, true])
})
