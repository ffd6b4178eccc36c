import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildReport } from '../model/build-report.ts'
import { outcomeTones } from '../render/outcome-tone.ts'
import { recheck } from './recheck.ts'
import { verifyReport } from './verify.ts'

const published = join(import.meta.dirname, '..', 'published')
const runs = readdirSync(published, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

test('there are published runs', () => {
  expect(runs.length).toBeGreaterThan(0)
})

test.each(runs)('%s verifies, rechecks, and says nothing that is not so of a statement', async (name) => {
  const directory = join(published, name)
  expect(await verifyReport(directory)).toEqual([])
  expect((await recheck(directory)).differences).toEqual([])
  const { ledger = [], run, totals, skipped } = await buildReport(directory)
  expect(totals.catalogue).toBe(totals.guarantees + skipped.length)
  expect(skipped).toHaveLength((run.notRun ?? []).reduce((sum, { guarantees }) => sum + guarantees, 0))
  const praised = ledger.filter(({ outcome }) => outcomeTones[outcome] === 'good')
  expect(praised.length).toBeGreaterThan(0)
  expect(praised.filter(({ verdict }) => verdict !== 'holds')).toEqual([])
})
