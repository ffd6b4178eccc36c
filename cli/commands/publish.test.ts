import { existsSync } from 'node:fs'
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { filesBelow } from '../../reports/model/run-files.ts'
import { exampleGuarantees, exampleRun } from '../../reports/testing/example-run.ts'
import { writeReports } from '../../reports/write-reports.ts'
import { said } from '../testing/said.ts'

let directory: string
let run: string
let site: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  run = join(directory, 'run')
  site = join(directory, 'site')
  // The example in which Kubernetes did what is stored: the others are drawn by hand.
  await placeRun(run, exampleGuarantees.slice(0, 1))
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

async function placeRun(path: string, examples: typeof exampleGuarantees): Promise<void> {
  const example = await exampleRun({ examples })
  await cp(example, path, { recursive: true })
  await rm(example, { recursive: true })
  await writeReports(path)
}

/** Where the example is, once it is published. */
const placed = () => join(site, 'runs', 'v1.36.3-standard-20261121-100000-ab12')

test('a run is published once, can be rechecked, and is compared with the whole', async () => {
  const [code, text] = await said('publish', site, run)
  expect(code).toBeUndefined()
  expect(text).toContain('Guarantees with all their evidence: 0; by digest: 1.')
  expect(await said('recheck', placed(), '--with', run)).toEqual([0, expect.stringContaining('is the whole run: all 14 digests match')])
  const again = await said('publish', site, run, placed())
  expect(again).toEqual([undefined, expect.stringMatching(/is there already\.[^]*is there already\.[^]*Nothing in .*site changed\.\n$/)])
  expect(await said('recheck', run, '--with', run)).toEqual([3, expect.stringContaining('is not a published copy')])
  await appendFile(join(run, 'evidence/statefulset/ordered-startup/history.jsonl'), '{}\n')
  expect(await said('recheck', placed(), '--with', run)).toEqual([1, expect.stringContaining('history.jsonl was changed.')])
})

test('a published copy is added to another site as it is, whatever evidence it has', async () => {
  await said('publish', site, run, '--evidence', 'none')
  const other = join(directory, 'other')
  expect((await said('publish', other, placed()))[0]).toBeUndefined()
  const files = await filesBelow(site)
  expect(await filesBelow(other)).toEqual(files)
  for (const path of files) expect(await readFile(join(other, path), 'utf8')).toBe(await readFile(join(site, path), 'utf8'))
  expect(await said('recheck', join(other, 'runs', basename(placed())))).toEqual([
    0,
    expect.stringContaining('1 guarantee is kept by digest only'),
  ])
  const [code, text] = await said('publish', join(directory, 'third'), placed(), '--evidence', 'all')
  expect([code, text]).toEqual([3, expect.stringContaining('is a published copy, which stays as it is. Leave out --evidence')])
})

test('a published copy with a file that nobody published, or with another page, is refused', async () => {
  await said('publish', site, run)
  const other = join(directory, 'other')
  await writeFile(join(placed(), 'kubeconfig'), 'mine')
  expect(await said('publish', other, placed())).toEqual([
    3,
    expect.stringContaining('kubeconfig was not published with the run. Take it out'),
  ])
  await rm(join(placed(), 'kubeconfig'))
  await appendFile(join(placed(), 'index.html'), '<p>All Passed.</p>')
  const sentence = 'is stored as "as in publication.json" and now "index.html was changed."'
  expect(await said('publish', other, placed())).toEqual([3, expect.stringContaining(sentence)])
  expect(existsSync(other)).toBe(false)
})

test('a run in the site that nobody published is not taken into its pages, unless it comes out as stored', async () => {
  await said('publish', site, run)
  const foreign = join(site, 'runs', 'foreign')
  await cp(placed(), foreign, { recursive: true })
  await rm(placed(), { recursive: true })
  const index = JSON.parse(await readFile(join(site, 'site.json'), 'utf8')) as object
  await writeFile(join(site, 'site.json'), JSON.stringify({ ...index, runs: [] }))
  const report = await readFile(join(foreign, 'report.json'), 'utf8')
  await writeFile(join(foreign, 'report.json'), report.replace('"Passed"', '"Failed"'))
  const pages = await readFile(join(site, 'index.html'), 'utf8')
  expect(await said('publish', site, foreign)).toEqual([
    3,
    expect.stringMatching(/^The run is not as stored: [^]*runs\/foreign" shows all/),
  ])
  expect(await readFile(join(site, 'index.html'), 'utf8')).toBe(pages)
  await writeFile(join(foreign, 'report.json'), report)
  expect((await said('publish', site, foreign))[0]).toBeUndefined()
  expect(await readFile(join(site, 'site.json'), 'utf8')).toContain('"name": "foreign"')
})

test('with all evidence, the copy is judged again as the whole run is', async () => {
  await said('publish', site, run, '--evidence', 'all')
  expect(await said('recheck', placed(), '--with', run)).toEqual([
    0,
    expect.stringContaining('Rechecked 1 guarantee, 1 judgement: all as stored.'),
  ])
})

test('a run of the same id with another report is refused, and the one that is there stays', async () => {
  await said('publish', site, run)
  const report = await readFile(join(run, 'report.json'), 'utf8')
  await writeFile(join(run, 'report.json'), report.replace('"holdfast run"', '"holdfast run --retain"'))
  expect(await said('publish', site, run)).toEqual([3, expect.stringContaining('is there already, and has another report.json than')])
  expect(await readFile(join(placed(), 'report.json'), 'utf8')).toBe(report)
})

test('two runs of the same id with another report are refused, and neither is published', async () => {
  const other = join(directory, 'other')
  await cp(run, other, { recursive: true })
  await appendFile(join(other, 'report.json'), '\n')
  expect(await said('publish', site, run, other)).toEqual([3, expect.stringContaining(`${run} and ${other} are the same run, `)])
  expect(await filesBelow(site)).toEqual([])
})

test('Ctrl-C while a run is proven ends with 130 and leaves nothing', async () => {
  const interrupt = (name: string | symbol, listener: (signal: string) => void) => {
    if (name === 'SIGINT') queueMicrotask(() => listener('SIGINT'))
  }
  process.on('newListener', interrupt)
  try {
    expect(await said('publish', site, run)).toEqual([130, 'SIGINT: stopping, and taking back what is not whole.\n'])
  } finally {
    process.off('newListener', interrupt)
  }
  expect(existsSync(site)).toBe(false)
})

test('a run whose digests do not match is refused in one line', async () => {
  await appendFile(join(run, 'evidence/statefulset/ordered-startup/history.jsonl'), '{}\n')
  const [code, text] = await said('publish', site, run)
  expect(code).toBe(3)
  expect(text).toMatch(/^The run is not as stored: [^\n]*history\.jsonl was changed[^\n]*\n$/)
  expect(existsSync(site)).toBe(false)
})

test('a copy that is too large is refused with what is largest and the flag that allows it', async () => {
  const [code, text] = await said('publish', site, run, '--max-megabytes', '0.01')
  expect(code).toBe(3)
  expect(text).toMatch(
    /more than 0\.01 MB; the largest in it are index\.html \(0\.\d\d MB\), .* Give --max-megabytes 1 to allow it, or --evidence none to leave evidence out\.\n$/,
  )
  expect(existsSync(site)).toBe(false)
})

test.each([
  ['a run in the place of the site', () => [run], 'is a run, not the directory of a site. Name the site first'],
  ['the newest run in the place of the site', () => ['latest'], 'latest is a run, not the directory of a site.'],
  ['a directory that is no site', () => [directory, run], `is no site: it holds run and no site.json.`],
  ['a directory that cannot be made', () => [join(run, 'run.json', 'site'), run], 'Name a directory that may be written to.'],
  ['a policy that there is not', () => [site, run, '--evidence', 'some'], `Allowed choices are all, failed, none.`],
])('%s is refused in a sentence', async (_, words, sentence) => {
  expect(await said('publish', ...words())).toEqual([3, expect.stringContaining(sentence)])
  expect(existsSync(site)).toBe(false)
})
