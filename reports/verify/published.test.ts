import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildReport } from '../model/build-report.ts'
import { publishedRun, wholeRunProblems } from '../model/published-run.ts'
import { filesBelow } from '../model/run-files.ts'
import { publishedCopy } from '../publish/published-copy.ts'
import { outcomeTones } from '../render/page/outcome-tone.ts'
import { wholeRun, wholeRuns } from '../testing/whole-run.ts'
import { recheck } from './recheck.ts'
import { verifyReport } from './verify.ts'

const published = join(import.meta.dirname, '..', 'published')
const runs = readdirSync(published, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

test('there are published runs, and all of them together have at most 20 MB', async () => {
  expect(runs.length).toBeGreaterThan(0)
  const sizes = (await filesBelow(published)).map((file) => statSync(join(published, file)).size)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(20_000_000)
})

test.each(runs)('%s verifies and rechecks', async (name) => {
  const directory = join(published, name)
  expect(await verifyReport(directory)).toEqual([])
  expect((await recheck(directory)).differences).toEqual([])
})

test.each(wholeRuns)('%s verifies and rechecks with all of its evidence', async (name) => {
  const directory = await wholeRun(name)
  expect(await verifyReport(directory)).toEqual([])
  const { byDigest, checked, differences } = await recheck(directory)
  expect([byDigest, differences]).toEqual([0, []])
  expect(checked).toBeGreaterThan(100)
})

test('the published copy of a whole run is of that run', async () => {
  const [, name] = wholeRuns
  const copy = await publishedRun(join(published, name))
  expect(copy?.digests.size).toBeGreaterThan(2000)
  expect(copy && (await wholeRunProblems(await wholeRun(name), copy))).toEqual([])
})

test.each(wholeRuns)(
  '%s can be published within 3 MB, each check with its sentence, and each link to a file leads to one that is there',
  async (name) => {
    const { bytes, files, byDigest, whole: keptWhole } = await publishedCopy(await wholeRun(name))
    expect(bytes).toBeLessThan(3_000_000)
    expect(keptWhole).toEqual([])
    const page = files.find(({ path }) => path === 'index.html')?.text ?? ''
    expect(byDigest.filter((id) => !page.includes(`<section class="check" id="${id}">`))).toEqual([])
    const there = new Set(files.map(({ path }) => path))
    const links = [...page.matchAll(/ href="((?!https?:|#)[^"]+)"/g)].map(([, path = '']) => decodeURI(path))
    expect(links.length).toBeGreaterThan(byDigest.length)
    expect(links.filter((path) => !there.has(path))).toEqual([])
    expect(page).not.toContain('cannot be read')
  },
)

test.each(wholeRuns)('%s says nothing that is not so of a statement', async (name) => {
  const directory = await wholeRun(name)
  const { ledger = [], run, totals, skipped } = await buildReport(directory)
  expect(totals.catalogue).toBe(totals.guarantees + skipped.length)
  expect(skipped).toHaveLength((run.notRun ?? []).reduce((sum, { guarantees }) => sum + guarantees, 0))
  const praised = ledger.filter(({ outcome }) => outcomeTones[outcome] === 'good')
  expect(praised.length).toBeGreaterThan(0)
  expect(praised.filter(({ verdict }) => verdict !== 'holds')).toEqual([])
})
