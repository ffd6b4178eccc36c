import { rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { interruptedReason } from '../../contract/interrupted-reason.ts'
import { buildReport } from '../model/build-report.ts'
import { withGate } from '../model/gate.ts'
import { exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { unmetGuarantee } from '../testing/example-round-trip.ts'
import { firstEntries, firstFile } from './first-file.ts'
import { readKnownFailures } from './read-known-failures.ts'
import { settledSection } from './section.ts'

async function reportOf(options: Parameters<typeof exampleRun>[0] = {}) {
  const directory = await exampleRun(options)
  onTestFinished(() => rm(directory, { recursive: true }))
  return buildReport(directory)
}

test('it has an entry for each failure, of this platform, and is refused until owner and link are filled in', async () => {
  const report = await reportOf({ unmet: [unmetGuarantee] })
  const text = firstFile(firstEntries(report, '2026-12-15'))
  expect(text).toMatchInlineSnapshot(`
    "# Fill in owner and link of each entry: a file without them is refused.
    knownFailures:
      - guarantee: expansion/online
        verdict: Inconclusive
        reason: The watch of PersistentVolumeClaim may have missed events between entries 5 and 7.
        why: Seen in run 20261121-100000-ab12.
        link: ""
        owner: ""
        expires: 2027-01-14
        when:
          kubernetes: "1.36"
          driver: csi-hostpath.holdfast.dev
      - guarantee: statefulset/halts-while-predecessor-is-not-ready
        verdict: Failed
        reason: Pod */web-1 was created before Pod web-0 was Ready.
        why: Seen in run 20261121-100000-ab12.
        link: ""
        owner: ""
        expires: 2027-01-14
        when:
          kubernetes: "1.36"
          driver: csi-hostpath.holdfast.dev
    "
  `)
  const read = readKnownFailures(text)
  expect('mistakes' in read && read.mistakes.map(({ sentence }) => sentence.replace(/^.* has/, 'has'))).toEqual([
    ...['has an empty link.', 'has an empty owner.', 'has an empty link.', 'has an empty owner.'],
  ])
})

test('filled in, it makes the run that it was written from a success', async () => {
  const report = await reportOf({ examples: exampleGuarantees })
  const filled = firstEntries(report, '2026-11-21').map((entry) => ({ ...entry, owner: 'storage', link: 'https://example.com/1' }))
  expect(withGate(settledSection(firstFile(filled), report, '2026-12-21'), report).gate).toBe('success')
  expect(withGate(settledSection(firstFile(filled), report, '2026-12-22'), report).gate).toBe('failure')
})

test('what differs from run to run is no part of a reason, and on a foreign cluster the StorageClass is a condition', async () => {
  const uid = '0a1b2c3d-0000-4000-8000-123456789abc'
  const summary = `Claim hf-a1b2/data of holdfast-t waited +30.5 s for pvc-${uid} since 2026-11-21T10:00:00.000Z.\nMore.`
  const [, failed] = exampleGuarantees
  if (failed === undefined) throw new Error('There are no examples.')
  const cluster = { name: 'holdfast-t', profile: 'existing', storageClass: 'fast' }
  const [entry] = firstEntries(await reportOf({ examples: [{ ...failed, reasons: [{ summary }] }], cluster }), '2026-11-21')
  expect(entry?.reason).toBe('Claim */data of * waited * for pvc-* since *.')
  expect(entry?.when).toEqual({ kubernetes: '1.36', driver: 'csi-hostpath.holdfast.dev', storageClass: 'fast' })
})

test.each([
  ['data', 'Claim database/data-1 of data on data-worker, metadata of data.', 'Claim database/data-1 of * on *-worker, metadata of *.'],
  ['a.b', 'Pod aXb of cluster a.b on a.b-worker.', 'Pod aXb of cluster * on *-worker.'],
  ['a', 'A cluster as a', 'A cluster as *'],
])('of the cluster %s, only what names it or a node of it is no part of a reason', async (name, summary, reason) => {
  const [, failed] = exampleGuarantees
  if (failed === undefined) throw new Error('There are no examples.')
  const nodes = [{ name: `${name}-worker`, role: 'worker', zone: 'zone-a', container: `${name}-worker`, address: '172.18.0.3' }] as const
  const report = await reportOf({ examples: [{ ...failed, reasons: [{ summary }] }], cluster: { name, nodes } })
  expect(firstEntries(report, '2026-11-21')[0]?.reason).toBe(reason)
})

test('what was not judged before an interruption has no entry', async () => {
  const [, , unsure] = exampleGuarantees
  if (unsure === undefined) throw new Error('There are no examples.')
  const of = async (summary: string) => firstEntries(await reportOf({ examples: [{ ...unsure, reasons: [{ summary }] }] }), '2026-11-21')
  expect(await of('A watch has a gap.')).toMatchObject([{ reason: 'A watch has a gap.' }])
  expect(await of(interruptedReason)).toEqual([])
})

test('a run in which nothing failed has no entries', async () => {
  expect(firstEntries(await reportOf({ examples: exampleGuarantees.slice(0, 1) }), '2026-11-21')).toEqual([])
})
