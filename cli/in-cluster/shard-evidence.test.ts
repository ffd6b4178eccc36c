import { hash } from 'node:crypto'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, afterEach, expect, test, vi } from 'vitest'
import { interruptedReason } from '../../contract/interrupted-reason.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { ShardPlan, ShardStart } from '../../contract/shards.ts'
import { wholeRun } from '../../reports/testing/whole-run.ts'
import { claimStore } from './claim-store.ts'
import { resultsFile, startFile } from './evidence-store.ts'
import { mergeEvidence } from './merge-evidence.ts'
import { openPublisher } from './publish-evidence.ts'
import { missingOf, missingText } from './run-shard.ts'

/** Evidence of a real run. */
const evidence = join(await wholeRun('v1.36.3-full-20261127-051232-1d09'), 'evidence')
const [one = '', two = ''] = globSync('*/*/verdict.json', { cwd: evidence })
  .map((file) => file.split('/').slice(0, 2).join('/'))
  .toSorted()

let root: string
let directory: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  directory = join(root, 'run')
  mkdirSync(join(root, 'volume'))
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})
afterEach(() => {
  rmSync(root, { recursive: true })
  vi.restoreAllMocks()
})

/** Lists the digests of all files, as a suite does when it is done with them. */
function writeSums(folder: string): void {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS')
    .map((entry) => join(entry.parentPath, entry.name))
  const lines = files.map((file) => `${hash('sha256', readFileSync(file))}  ${file.slice(folder.length + 1)}\n`)
  writeFileSync(join(folder, 'SHA256SUMS'), lines.toSorted().join(''))
}

const volume = () => join(root, 'volume')

/** Leaves the evidence of a guarantee in the run directory of a Pod, as its suite does. */
function left(id: string): string {
  const folder = join(directory, 'evidence', id)
  cpSync(join(evidence, id), folder, { recursive: true })
  // Runs of that time come without it.
  writeFileSync(join(folder, 'requests.json'), JSON.stringify({ complete: true, rights: [] }))
  writeSums(folder)
  return folder
}

test('evidence is kept once a guarantee is over, whole, and a later start goes on with what is missing', async () => {
  const store = claimStore(volume(), 'first')
  const publisher = openPublisher({ directory, guarantees: [one, two], store })
  left(one)
  await publisher.publish()
  expect([...publisher.kept]).toEqual([one])
  expect(await missingOf([one, two], claimStore(volume(), 'second'))).toEqual([two])
  expect(missingText([one, two], [two])).toBe(`It was started before: the evidence of 1 of 2 guarantees is there. It runs ${two}.`)
  expect(readFileSync(join(volume(), 'evidence', one, 'verdict.json'), 'utf8')).toBe(
    readFileSync(join(evidence, one, 'verdict.json'), 'utf8'),
  )
  expect(globSync('incoming/*/*', { cwd: volume() })).toEqual([])
})

test('a guarantee that is still being cleaned up waits, unless the shard ends', async () => {
  const publisher = openPublisher({ directory, guarantees: [one], store: claimStore(volume(), 'first') })
  const folder = left(one)
  writeFileSync(join(folder, 'requests.json'), JSON.stringify({ complete: false, rights: [] }))
  writeSums(folder)
  await publisher.publish()
  expect(publisher.kept.size).toBe(0)
  await publisher.publish({ atLast: true })
  expect([...publisher.kept]).toEqual([one])
})

test('a guarantee that is being written is not kept, and one that was interrupted never', async () => {
  const publisher = openPublisher({ directory, guarantees: [one, two], store: claimStore(volume(), 'first') })
  writeFileSync(join(left(one), 'verdict.json'), '{"verdict": "Pass')
  const interrupted = { ...JSON.parse(readFileSync(join(evidence, two, 'verdict.json'), 'utf8')), verdict: 'Inconclusive' }
  writeFileSync(join(left(two), 'verdict.json'), JSON.stringify({ ...interrupted, reasons: [{ summary: interruptedReason }] }))
  writeSums(join(directory, 'evidence', two))
  await publisher.publish({ atLast: true })
  expect(publisher.kept.size).toBe(0)
})

test('evidence that a node lost in part counts as missing', async () => {
  const store = claimStore(volume(), 'first')
  await store.keep(one, left(one))
  writeFileSync(join(volume(), 'evidence', one, 'verdict.json'), '')
  expect(await store.has(one)).toBe(false)
})

test('what another start kept already stays', async () => {
  await claimStore(volume(), 'first').keep(one, left(one))
  const folder = left(one)
  writeFileSync(join(folder, 'added.txt'), 'of the second')
  writeSums(folder)
  await claimStore(volume(), 'second').keep(one, folder)
  expect(existsSync(join(volume(), 'evidence', one, 'added.txt'))).toBe(false)
})

const plan: ShardPlan = {
  ...{ schemaVersion: 1, runId: '20261130-063317-ab12', shards: 2, sources: 'abc', keepFailed: false },
  guarantees: [
    { id: one, seconds: 20 },
    { id: two, seconds: 10 },
  ],
}
const startOf = (given: Partial<ShardStart>): ShardStart => ({
  ...{ shard: 0, pod: 'shards-0-aaaaa', uid: 'uid-1', node: 'worker', startedAt: '2026-11-30T06:34:00.000Z', guarantees: [one] },
  ...given,
})

async function noted(...starts: readonly ShardStart[]): Promise<void> {
  for (const start of starts) await claimStore(volume(), start.uid).write(startFile(start.shard, start.uid), JSON.stringify(start))
}

test('a shard that was lost is in the record with all of its starts, and a finding says what ran again', async () => {
  await claimStore(volume(), 'uid-2').keep(one, left(one))
  await claimStore(volume(), 'uid-3').keep(two, left(two))
  await noted(
    startOf({ uid: 'uid-2', node: 'worker2', startedAt: '2026-11-30T06:40:00.000Z', endedAt: '2026-11-30T06:41:00.000Z' }),
    startOf({}),
    startOf({ shard: 1, uid: 'uid-3', pod: 'shards-1-bbbbb', guarantees: [two], endedAt: '2026-11-30T06:35:00.000Z' }),
  )
  const results = { results: [{ id: one, state: 'passed', durationSeconds: 3, errors: [] }], errorsOutsideTests: [] }
  await claimStore(volume(), 'uid-2').write(resultsFile(0, 'uid-2'), JSON.stringify(results))
  const { shards, findings } = mergeEvidence({ plan, unpacked: volume(), directory: join(root, 'report') })
  expect(shards.map(({ starts }) => starts.map(({ node, endedAt }) => `${node} ${endedAt === undefined ? 'lost' : 'ended'}`))).toEqual([
    ['worker lost', 'worker2 ended'],
    ['worker ended'],
  ])
  expect(findings).toEqual([`Shard 0 was lost on worker and was started again on worker2; it ran 1 guarantee there: ${one}.`])
  expect(globSync('evidence/*/*/verdict.json', { cwd: join(root, 'report') })).toHaveLength(2)
  expect(JSON.parse(readFileSync(join(root, 'report', 'results.json'), 'utf8'))).toEqual(results)
})

test('a shard that was started again is no reason why there is no evidence, whatever its node is called', async () => {
  const node = 'there is no evidence of it'
  await noted(startOf({ node }), startOf({ uid: 'uid-2', node, startedAt: '2026-11-30T06:40:00.000Z', guarantees: [] }))
  const { findings } = mergeEvidence({ plan, unpacked: volume(), directory: join(root, 'report') })
  const { errorsOutsideTests } = JSON.parse(readFileSync(join(root, 'report', 'results.json'), 'utf8')) as Record<string, unknown>
  expect([findings.length, errorsOutsideTests]).toEqual([3, findings.slice(1)])
})

test('guarantees without evidence are named, and the report has a reason for each', async () => {
  await noted(startOf({}))
  const { findings } = mergeEvidence({ plan, unpacked: volume(), directory: join(root, 'report') })
  expect(findings).toEqual([
    `Shard 0 did not end with all of its 1 guarantee: there is no evidence of ${one}.`,
    `Shard 1 never started: there is no evidence of ${two}.`,
  ])
  const { errorsOutsideTests } = JSON.parse(readFileSync(join(root, 'report', 'results.json'), 'utf8')) as Record<string, unknown>
  expect(errorsOutsideTests).toEqual(findings)
})
