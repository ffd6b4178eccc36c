import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sumsFile } from '../../harness/engine/evidence/verify-evidence.ts'
import { buildReport } from '../model/build-report.ts'
import { publishedCopy } from '../publish/published-copy.ts'
import { outcomeTones } from '../render/outcome-tone.ts'
import { recheck } from './recheck.ts'
import { verifyReport } from './verify.ts'

const published = join(import.meta.dirname, '..', 'published')
const runs = readdirSync(published, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
const whole = runs.filter((name) => !existsSync(join(published, name, sumsFile)))

test('there are published runs, and some with all of their evidence', () => {
  expect(whole.length).toBeGreaterThan(0)
})

test.each(runs)('%s verifies and rechecks', async (name) => {
  const directory = join(published, name)
  expect(await verifyReport(directory)).toEqual([])
  expect((await recheck(directory)).differences).toEqual([])
})

test.each(whole)(
  '%s can be published within 3 MB, each check with its sentence, and each link to a file leads to one that is there',
  async (name) => {
    const { bytes, files, byDigest, whole: keptWhole } = await publishedCopy(join(published, name))
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

test.each(whole)('%s says nothing that is not so of a statement', async (name) => {
  const directory = join(published, name)
  const { ledger = [], run, totals, skipped } = await buildReport(directory)
  expect(totals.catalogue).toBe(totals.guarantees + skipped.length)
  expect(skipped).toHaveLength((run.notRun ?? []).reduce((sum, { guarantees }) => sum + guarantees, 0))
  const praised = ledger.filter(({ outcome }) => outcomeTones[outcome] === 'good')
  expect(praised.length).toBeGreaterThan(0)
  expect(praised.filter(({ verdict }) => verdict !== 'holds')).toEqual([])
})
