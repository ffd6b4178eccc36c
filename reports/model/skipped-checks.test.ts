import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, test, expect } from 'vitest'
import { exampleRun } from '../testing/example-run.ts'
import { buildReport } from './build-report.ts'
import type { CoveredEntry } from './ledger.ts'

const entry: CoveredEntry = {
  id: 'velero.round-trip',
  area: 'Velero',
  level: 'MUST',
  statement: 'A backup comes back.',
  verdict: 'holds',
  reality: 'It does.',
  guarantees: ['statefulset/ordered-startup', 'velero/round-trip'],
}

async function run(options: Parameters<typeof exampleRun>[0]): Promise<string> {
  const directory = await exampleRun(options)
  onTestFinished(() => rm(directory, { recursive: true }))
  return directory
}

test('what was not selected is in the report with sentence and reason, and leaves its statements unsettled', async () => {
  const skipped = [
    { id: 'velero/round-trip', statement: 'A backup comes back.', level: 'MUST' as const, why: 'need Velero: profile velero' },
  ]
  const report = await buildReport(await run({ skipped, ledger: [entry] }))
  expect(report.skipped).toEqual(skipped)
  expect(report.totals).toMatchObject({ catalogue: 4, guarantees: 3, ran: 3, skipped: 1, statements: { MUST: { all: 1, settled: 0 } } })
  expect(report.ledger?.[0]).toMatchObject({ outcome: 'not settled', why: 'velero/round-trip not run (need Velero: profile velero)' })
})

test('a run from before there was a skipped.json skipped what its ledger names beyond what was selected', async () => {
  const directory = await run({ ledger: [entry] })
  await rm(join(directory, 'skipped.json'))
  const path = join(directory, 'run.json')
  const { default: record } = (await import(path, { with: { type: 'json' } })) as { default: object }
  await writeFile(
    path,
    JSON.stringify({
      ...record,
      notRun: [
        { why: 'slow', guarantees: 2 },
        { why: 'need Velero', guarantees: 3 },
      ],
    }),
  )
  expect((await buildReport(directory)).skipped).toEqual([{ id: 'velero/round-trip', why: 'slow, or need Velero' }])
})
