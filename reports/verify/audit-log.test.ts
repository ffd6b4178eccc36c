import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditFile } from '../../harness/engine/audit/audit-file.ts'
import { writeSums } from '../../harness/engine/evidence/verify-evidence.ts'
import { verifyRun } from '../attest/verify-run.ts'
import { buildReport } from '../model/build-report.ts'
import { auditedId as id, auditedRun } from '../testing/audited-run.ts'
import { recheck, recheckLines } from './recheck.ts'

let directory = ''
let folder = ''

const report = async () => buildReport(directory)
const guarantee = async () => (await report()).guarantees[0]

beforeEach(async () => {
  directory = await auditedRun()
  folder = join(directory, 'evidence', id)
  await writeFile(join(directory, 'report.json'), JSON.stringify(await report()))
})

afterEach(async () => rm(directory, { recursive: true }))

/** Edits a file of the evidence as a forger does, who makes its digests fit: in the list, and in the report if it is made anew. */
async function forge(file: string, edit: (text: string) => string, { reportToo = false } = {}): Promise<void> {
  const before = await readFile(join(folder, file), 'utf8')
  const after = edit(before)
  expect(after).not.toBe(before)
  await writeFile(join(folder, file), after)
  writeSums(folder)
  const path = join(directory, 'report.json')
  const stored = JSON.parse(await readFile(path, 'utf8')) as Awaited<ReturnType<typeof report>>
  const { evidence } = (await guarantee()) ?? {}
  const [one] = stored.guarantees
  await writeFile(path, JSON.stringify(reportToo ? await report() : { ...stored, guarantees: [{ ...one, evidence }] }))
}

const verified = async () =>
  verifyRun(directory, { key: undefined, lookUp: () => Promise.reject(new Error('There is no repository.')), readSuite: () => [] })

test('a history that the log bears out is said to be compared', async () => {
  const found = await guarantee()
  expect(found).toMatchObject({ verdict: 'Passed', auditLog: { events: 20, versions: 17, acts: 1 } })
  expect(found?.auditLog).not.toHaveProperty('disagreements')
  expect(found?.auditLog).not.toHaveProperty('undecided')
  expect((await report()).cluster.auditLog).toBe(true)
  expect(recheckLines(await recheck(directory))).toEqual(['Rechecked 1 guarantee, 1 judgement: all as stored.'])
})

/** The line of the history in which web-1 becomes Running, and the version that it has. */
const line = '"resourceVersion":"111"'

test.each<[string, (text: string) => string, RegExp]>([
  [
    'a status',
    (text) => text.replace(/("name":"web-1".*"resourceVersion":"111".*?"phase":)"Running"/, '$1"Failed"'),
    /web-1 at resourceVersion 111 with another content/,
  ],
  ['a version', (text) => text.replace(line, '"resourceVersion":"999"'), /web-1 MODIFIED at resourceVersion 999, but no request/],
  [
    'a time',
    (text) => text.replace(/("seq":11,"at":"2026-11-21T)10:00:05/, '$109:59:05'),
    /web-1 at resourceVersion 111 60\.\d s before the request that wrote it arrived/,
  ],
  ['the number of lines', (text) => text.replace(/[^\n]*"resourceVersion":"111"[^\n]*\n/, ''), /changed Pod web-1 to resourceVersion 111/],
])('a history in which %s was edited, with all digests made to fit, is found by verify', async (_, edit, sentence) => {
  await forge('history.jsonl', edit)
  expect(await guarantee()).toMatchObject({ verdict: 'Inconclusive' })
  const { problems } = await verified()
  expect(problems.join('\n')).toMatch(sentence)
})

test('where the report was made anew, too, it tells the disagreement and passes nothing', async () => {
  await forge('history.jsonl', (text) => text.replace(line, '"resourceVersion":"999"'), { reportToo: true })
  const found = await guarantee()
  expect(found?.verdict).toBe('Inconclusive')
  expect(found?.reasons[0]?.summary).toMatch(
    /^It was judged Passed, but a second source contradicts what that rests on\. The history has Pod web-1/,
  )
  expect(found?.findings).toHaveLength(2)
  expect((await report()).result).toBe('partial')
})

test('an act that was edited is found', async () => {
  await forge('history.jsonl', (text) =>
    text.replaceAll('apply-web', 'other-web').replaceAll('"auditID":"apply-web"', '"auditID":"other-web"'),
  )
  expect((await guarantee())?.findings).toEqual([expect.stringContaining('the audit log has no request other-web')])
})

test('a log that was cut passes no judgement, and says that it was', async () => {
  await forge(auditFile, (text) => text.split('\n').slice(3).join('\n'))
  const found = await guarantee()
  expect(found?.verdict).toBe('Passed')
  expect(found?.auditLog?.undecided).toEqual([expect.stringContaining('is not whole')])
  const { problems } = await verified()
  expect(problems.join('\n')).toContain('is not whole')
})

test('a log from which one line was taken contradicts the history', async () => {
  await forge(auditFile, (text) => text.replace(/\n\{"auditID":"write-11"[^\n]*/, ''))
  expect((await guarantee())?.findings).toEqual([expect.stringContaining('web-1 MODIFIED at resourceVersion 111')])
})

test('half a line of it is told', async () => {
  await forge(auditFile, (text) => `${text}{"auditID":"x\n`)
  expect((await guarantee())?.auditLog?.undecided).toEqual(['1 line of audit.jsonl cannot be read.'])
})

test('without a log, nothing is compared and nothing is said of it', async () => {
  await rm(join(folder, auditFile))
  writeSums(folder)
  expect(await guarantee()).not.toHaveProperty('auditLog')
  const path = join(directory, 'cluster.json')
  const { auditLog: _, ...cluster } = JSON.parse(await readFile(path, 'utf8')) as { readonly auditLog: unknown }
  await writeFile(path, JSON.stringify(cluster))
  expect((await report()).cluster).not.toHaveProperty('auditLog')
  expect((await guarantee())?.verdict).toBe('Passed')
})
