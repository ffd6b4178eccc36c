import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownerText, temporaryPrefix, thisOwner } from '../../contract/owner.ts'
import { filesBelow } from '../model/run-files.ts'
import { exampleRun } from '../testing/example-run.ts'
import { writeReports } from '../write-reports.ts'
import { type PublishedCopy, publishedCopy } from './published-copy.ts'
import { addToSite, readSite } from './site-directory.ts'

let directory: string
let site: string
let copies: readonly PublishedCopy[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  site = join(directory, 'site')
  copies = [await copyOf('20261121-100000-ab12'), await copyOf('20261122-100000-cd34')]
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

/** What is published of the example run, under another id. */
async function copyOf(id: string): Promise<PublishedCopy> {
  const [example, run] = [await exampleRun(), join(directory, id)]
  await cp(example, run, { recursive: true })
  await rm(example, { recursive: true })
  const record = await readFile(join(run, 'run.json'), 'utf8')
  await writeFile(join(run, 'run.json'), record.replace('20261121-100000-ab12', id))
  await writeReports(run)
  return publishedCopy(run)
}

async function contents(): Promise<ReadonlyMap<string, string>> {
  const paths = await filesBelow(site)
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(site, path), 'utf8')] as const)))
}

const [first, second] = ['v1.36.3-standard-20261121-100000-ab12', 'v1.36.3-standard-20261122-100000-cd34']

test('a run is added with all pages, once', async () => {
  expect(await addToSite(site, copies.slice(0, 1))).toMatchObject({ added: [first], written: 14, files: 14 })
  const before = await contents()
  const { mtimeMs } = await stat(join(site, 'index.html'))
  expect([...before.keys()].filter((path) => !path.startsWith('runs/'))).toEqual(
    expect.arrayContaining(['.nojekyll', 'badges/newest.svg', 'compare.html', 'guarantees/statefulset.html', 'index.html', 'site.json']),
  )
  expect(before.get('index.html')).toContain(`href="runs/${first}/index.html"`)
  expect(await addToSite(site, copies.slice(0, 1))).toMatchObject({ added: [], written: 0 })
  expect(await contents()).toEqual(before)
  expect((await stat(join(site, 'index.html'))).mtimeMs).toBe(mtimeMs)
})

test('one after the other or both at once, in whatever order, runs make the same site', async () => {
  await addToSite(site, copies)
  const both = await contents()
  await rm(site, { recursive: true })
  await addToSite(site, copies.slice(1))
  await addToSite(site, copies.slice(0, 1))
  expect(await contents()).toEqual(both)
  expect(both.get('compare.html')).toContain(`id="${first}..${second}"`)
})

test('a directory that holds something and is no site is refused and left alone, and one with nothing but .git is not', async () => {
  await mkdir(join(site, '.git'), { recursive: true })
  expect(await readSite(site)).toEqual({ index: undefined, runs: [] })
  await writeFile(join(site, 'thesis.tex'), 'mine')
  await expect(addToSite(site, copies)).rejects.toThrow(`${site} is no site: it holds thesis.tex and no site.json.`)
  expect([...(await contents()).keys()]).toEqual(['thesis.tex'])
  await expect(readSite(join(site, 'thesis.tex'))).rejects.toThrow('is not a directory.')
})

test('what somebody put into a site stays, and what is in the way is refused before anything is written', async () => {
  await addToSite(site, copies.slice(0, 1))
  await writeFile(join(site, 'CNAME'), 'reports.example.com')
  await mkdir(join(site, 'runs', 'notes'))
  await appendFile(join(site, 'index.html'), '<!-- mine -->')
  const before = await contents()
  await expect(addToSite(site, copies)).rejects.toThrow(`${join(site, 'index.html')} is not as it was published.`)
  expect(await contents()).toEqual(before)
  await rm(join(site, 'index.html'))
  expect(await addToSite(site, copies)).toMatchObject({ added: [second] })
  expect((await contents()).get('CNAME')).toBe('reports.example.com')
  await rm(join(site, 'runs', second), { recursive: true })
  await mkdir(join(site, 'runs', second))
  await expect(addToSite(site, copies)).rejects.toThrow(`${join(site, 'runs', second)} is not as it was published.`)
})

test('a run that was changed in the site is refused, and so is an index that cannot be read', async () => {
  await addToSite(site, copies)
  await appendFile(join(site, 'runs', first, 'report.json'), '\n')
  await expect(readSite(site)).rejects.toThrow(`${join(site, 'runs', first, 'report.json')} was changed since it was published.`)
  await writeFile(join(site, 'site.json'), '{')
  await expect(readSite(site)).rejects.toThrow(`${join(site, 'site.json')} is not JSON.`)
  await writeFile(join(site, 'site.json'), '{}')
  await expect(readSite(site)).rejects.toThrow('site.json is not what "holdfast publish" writes: apiVersion')
})

test('a run that was changed and has another folder is refused, and so are two folders of one run', async () => {
  await addToSite(site, copies.slice(0, 1))
  await cp(join(site, 'runs', first), join(site, 'runs', 'other'), { recursive: true })
  await expect(readSite(site)).rejects.toThrow(
    `${join(site, 'runs', 'other')} and ${join(site, 'runs', first)} are the same run, 20261121-100000-ab12.`,
  )
  await rm(join(site, 'runs', first), { recursive: true })
  expect((await readSite(site)).runs.map(({ name }) => name)).toEqual(['other'])
  await appendFile(join(site, 'runs', 'other', 'report.json'), '\n')
  await expect(readSite(site)).rejects.toThrow(`${join(site, 'runs', 'other', 'report.json')} was changed since it was published.`)
})

test('a run of the same id with another report is refused, in the site and among those that are added; the same one is added once', async () => {
  const again = join(directory, 'again')
  await cp(join(directory, '20261121-100000-ab12'), again, { recursive: true })
  expect(await addToSite(site, [...copies, await publishedCopy(again)])).toMatchObject({ added: [first, second] })
  await appendFile(join(again, 'report.json'), '\n')
  const other = await publishedCopy(again)
  const before = await contents()
  await expect(addToSite(site, [other])).rejects.toThrow(
    `${join(site, 'runs', first)} is there already, and has another report.json than ${again}.`,
  )
  expect(await contents()).toEqual(before)
  const empty = join(directory, 'empty')
  await expect(addToSite(empty, [...copies, other])).rejects.toThrow(
    `${join(directory, '20261121-100000-ab12')} and ${again} are the same run, 20261121-100000-ab12, with another report.json.`,
  )
  expect(await filesBelow(empty)).toEqual([])
})

test('where a publisher was cut off, the next one carries on', async () => {
  await addToSite(site, copies)
  const whole = await contents()
  await rm(site, { recursive: true })
  await addToSite(site, copies.slice(0, 1))
  // The run is there and some pages are new, when it ends before the others and site.json.
  await cp(join(directory, '20261122-100000-cd34'), join(site, 'runs', second), { recursive: true })
  await writeFile(join(site, 'index.html'), whole.get('index.html') ?? '')
  const { pid } = spawnSync(process.execPath, ['--version'])
  const dead = ownerText({ ...thisOwner(), pid })
  for (const left of [`.publishing-${dead}`, `feed.xml.partial-${dead}`, `runs/x.partial-${dead}`]) await writeFile(join(site, left), '')
  expect(await addToSite(site, [])).toMatchObject({ added: [] })
  const pages = [...(await contents())].filter(([path]) => !path.startsWith('runs/'))
  expect(pages).toEqual([...whole].filter(([path]) => !path.startsWith('runs/')))
  expect(existsSync(join(site, 'runs', `x.partial-${dead}`))).toBe(false)
})

test('two publishers never write to a site at the same time', async () => {
  await addToSite(site, copies.slice(0, 1))
  const other = `.publishing-${ownerText({ ...thisOwner(), pid: process.ppid, startTicks: '' })}`
  await writeFile(join(site, other), '')
  await expect(addToSite(site, copies)).rejects.toThrow(`${site} is being written to by process ${process.ppid}`)
  expect(existsSync(join(site, 'runs', second))).toBe(false)
  expect((await filesBelow(site)).filter((path) => path.startsWith('.publishing-'))).toEqual([other])
})

test.each([
  ['before the first file', 0],
  ['between two files', 3],
  ['after the last file of a copy', 99],
])('interrupted %s, a publisher leaves neither its lock nor a part of a run, and the next one adds all', async (_, at) => {
  await addToSite(site, copies.slice(0, 1))
  const before = await contents()
  const controller = new AbortController()
  const interrupting = copies.slice(1).map((copy) => {
    const last = {
      path: 'last',
      bytes: 0,
      get text() {
        controller.abort(new Error('interrupted'))
        return ''
      },
    }
    return { ...copy, files: copy.files.toSpliced(at, 0, last) }
  })
  await expect(addToSite(site, interrupting, controller)).rejects.toThrow('interrupted')
  expect(await contents()).toEqual(before)
  expect((await readdir(join(site, 'runs'))).filter((name) => name !== first)).toEqual([])
  expect(await addToSite(site, copies, new AbortController())).toMatchObject({ added: [second] })
})

test('a run that is taken out is gone from the pages with the next one, and a page that nobody changed with it', async () => {
  await addToSite(site, copies)
  await rm(join(site, 'runs', second), { recursive: true })
  await addToSite(site, [])
  const index = (await contents()).get('index.html') ?? ''
  expect([index.includes(first), index.includes(second)]).toEqual([true, false])
  await rm(join(site, 'runs', first), { recursive: true })
  await addToSite(site, [])
  expect(await filesBelow(join(site, 'guarantees'))).toEqual(['index.html'])
})
