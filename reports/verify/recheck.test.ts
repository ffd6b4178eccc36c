import { hash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeSums } from '../../harness/engine/evidence/verify-evidence.ts'
import { buildReport } from '../model/build-report.ts'
import { publishedCopy, writePublishedCopies } from '../publish/published-copy.ts'
import { exampleKnownFailures, knownFailuresText } from '../testing/example-known-failures.ts'
import { exampleRoundTrips } from '../testing/example-round-trip.ts'
import { exampleRun } from '../testing/example-run.ts'
import { recheck, recheckLines } from './recheck.ts'
import { verifyReport } from './verify.ts'

const id = 'statefulset/ordered-startup'
let directory = ''
let folder = ''

async function writeReport(): Promise<void> {
  await writeFile(join(directory, 'report.json'), JSON.stringify(await buildReport(directory)))
}

async function replaceIn(path: string, [from, to]: readonly [string, string]): Promise<void> {
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  await writeFile(path, text.replace(from, to))
}

beforeEach(async () => {
  directory = await exampleRun()
  folder = join(directory, 'evidence', id)
  await writeReport()
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

test('an untouched run comes out as stored', async () => {
  const result = await recheck(directory)
  expect(recheckLines(result)).toEqual(['Rechecked 3 guarantees, 3 judgements: all as stored.'])
  expect(result.exitCode).toBe(0)
  expect(await verifyReport(directory)).toEqual([])
})

test('a tampered file is named', async () => {
  await replaceIn(join(folder, 'logs/web-0-main.log'), ['ready', 'Ready'])
  const { differences, exitCode } = await recheck(directory)
  expect(differences[0]).toEqual({ guarantee: id, what: 'evidence', stored: 'as in SHA256SUMS', now: 'logs/web-0-main.log was changed.' })
  expect(exitCode).toBe(1)
  expect(await verifyReport(directory)).toEqual([`evidence/${id}/logs/web-0-main.log was changed after the report was written.`])
})

test('a verdict turned with its digests made to fit is found by judging again', async () => {
  const failed = join(directory, 'evidence/statefulset/halts-while-predecessor-is-not-ready')
  await replaceIn(join(failed, 'verdict.json'), ['"Failed"', '"Passed"'])
  await replaceIn(join(failed, 'judgements.jsonl'), ['"violated"', '"upheld"'])
  writeSums(failed)
  await writeReport()
  const { differences } = await recheck(directory)
  expect(differences.map(({ what, stored }) => [what, stored])).toEqual([
    ['judgement', 'toUphold Pods start in ordinal order: upheld'],
    ['verdict', 'Passed'],
  ])
})

test('a history that was made to fit comes out with another verdict', async () => {
  const history = join(folder, 'history.jsonl')
  const lines = (await readFile(history, 'utf8')).split('\n')
  await writeFile(
    history,
    lines.map((line) => line.replace('"type":"Ready","status":"True"', '"type":"Ready","status":"False"')).join('\n'),
  )
  writeSums(folder)
  const { differences } = await recheck(directory)
  expect(differences.find(({ what }) => what === 'verdict')?.now).toMatch(/^Failed: Pod web-1 was created before its predecessor web-0/)
})

test('an unreadable history is a difference, not a crash', async () => {
  await writeFile(join(folder, 'history.jsonl'), 'no json\n')
  const { differences } = await recheck(directory)
  expect(differences.map(({ now }) => now).join('\n')).toMatch(/history.jsonl line 1 is not JSON/)
})

test('a report whose verdict was changed differs from the run, and its totals do not add up', async () => {
  await replaceIn(join(directory, 'report.json'), ['"verdict":"Failed"', '"verdict":"Passed"'])
  const { differences } = await recheck(directory)
  expect(differences).toEqual([
    expect.objectContaining({ guarantee: 'statefulset/halts-while-predecessor-is-not-ready', what: 'report', stored: 'Passed' }),
  ])
  expect(await verifyReport(directory)).toEqual([
    'report.json: totals.Passed is 1, but 2 were counted.',
    'report.json: totals.Failed is 1, but 0 were counted.',
    'report.json: result is failure, but the verdicts make it partial.',
  ])
})

test('a story that was changed in the report is told apart from the one in the evidence', async () => {
  await rm(directory, { recursive: true })
  directory = await exampleRun({ examples: exampleRoundTrips })
  await writeReport()
  await replaceIn(join(directory, 'report.json'), ['"bytes in the bucket":71303412', '"bytes in the bucket":7'])
  const { differences } = await recheck(directory)
  const [difference] = differences.filter(({ what }) => what === 'report')
  expect(difference?.stored).toMatch(/^chapter 2: .*"bytes in the bucket":7,/)
  expect(difference?.now).toMatch(/^chapter 2: .*"bytes in the bucket":71303412,/)
})

test('a run without evidence is no proof', async () => {
  await rm(join(directory, 'evidence'), { recursive: true })
  const result = await recheck(directory)
  expect(result.exitCode).toBe(1)
  expect(recheckLines(result)).toEqual(['Nothing was rechecked: the run directory holds no evidence.'])
})

describe('a copy that has everything by digest', () => {
  const judgements = `evidence/${id}/judgements.jsonl`
  let copy = ''

  beforeEach(async () => {
    copy = join(directory, 'copy')
    await writePublishedCopies([{ copy: await publishedCopy(directory, 'none'), directory: copy }])
  })

  /** Replaces the judgements of the copy, and makes all digests fit. */
  async function judged(text: string): Promise<void> {
    const digests = await written(judgements, text)
    await replaceIn(join(copy, 'SHA256SUMS'), digests)
    const report = await readFile(join(copy, 'report.json'), 'utf8')
    await replaceIn(join(copy, 'SHA256SUMS'), await written('report.json', report.replace(...digests)))
    expect(await verifyReport(copy)).toEqual([])
  }

  /** Writes a file of the copy. Returns its digest from before, and that of now. */
  async function written(path: string, text: string): Promise<[string, string]> {
    const before = hash('sha256', await readFile(join(copy, path), 'utf8'))
    await writeFile(join(copy, path), text)
    return [before, hash('sha256', text)]
  }

  test('comes out as stored where its judgements make the verdicts of the report', async () => {
    expect(await recheck(copy)).toMatchObject({ checked: 0, byDigest: 3, differences: [], exitCode: 0 })
  })

  test.each([
    ['violated', 'Failed: '],
    ['inconclusive', 'Inconclusive: '],
  ])('is found to have a judgement that is %s under a verdict that is Passed', async (outcome, now) => {
    await judged((await readFile(join(copy, judgements), 'utf8')).replace('"upheld"', `"${outcome}"`))
    const { differences, exitCode } = await recheck(copy)
    expect(differences).toEqual([{ guarantee: id, what: 'verdict', stored: 'Passed', now: expect.stringContaining(now) }])
    expect(exitCode).toBe(1)
  })

  test('is found to have no judgements under a verdict that is Passed, and ones that cannot be read', async () => {
    await judged('')
    expect((await recheck(copy)).differences).toMatchObject([
      { what: 'verdict', stored: 'Passed', now: expect.stringContaining('Nothing was judged.') },
    ])
    await judged('no json\n')
    expect((await recheck(copy)).differences).toMatchObject([{ what: 'evidence', now: expect.stringContaining('line 1 is not JSON.') }])
  })

  test('may have judgements that are Passed under a verdict that broke for something else', async () => {
    const verdict = join(copy, 'report.json')
    await replaceIn(verdict, ['"verdict":"Passed"', '"verdict":"Inconclusive"'])
    expect((await recheck(copy)).differences.filter(({ what }) => what === 'verdict')).toEqual([])
  })
})

describe('a report with known failures', () => {
  const known = 'statefulset/halts-while-predecessor-is-not-ready'

  beforeEach(async () => {
    await rm(directory, { recursive: true })
    directory = await exampleRun({ knownFailures: knownFailuresText(exampleKnownFailures) })
    await writeReport()
  })

  test('comes out as stored', async () => {
    expect(await recheck(directory)).toMatchObject({ differences: [], exitCode: 0 })
    expect(await verifyReport(directory)).toEqual([])
  })

  test('an entry that was added to the file afterwards is found', async () => {
    await replaceIn(join(directory, 'known-failures.yaml'), ['2026-12-31', '2027-12-31'])
    const { differences } = await recheck(directory)
    expect(differences).toEqual([
      expect.objectContaining({
        guarantee: '(whole run)',
        what: 'report',
        stored: expect.stringContaining('known failures of a file with'),
      }),
    ])
    expect(await verifyReport(directory)).toEqual(['known-failures.yaml was changed after the report was written.'])
  })

  test('an outcome that was changed in the report is found', async () => {
    await replaceIn(join(directory, 'report.json'), ['"outcome":"known"', '"outcome":"does not apply"'])
    const { differences } = await recheck(directory)
    expect(differences).toEqual([{ guarantee: known, what: 'report', stored: 'known failure does not apply', now: 'known failure known' }])
    expect(await verifyReport(directory)).toEqual([
      'report.json: the gate is success, but the verdicts and the known failures make it failure.',
    ])
  })

  test('an owner that was changed in the report is found', async () => {
    await replaceIn(join(directory, 'report.json'), ['"owner":"workloads team"', '"owner":"nobody"'])
    const { differences } = await recheck(directory)
    expect(differences).toMatchObject([{ guarantee: known, what: 'report', stored: expect.stringContaining('nobody') }])
  })

  test('a gate that was changed in the report is found', async () => {
    await replaceIn(join(directory, 'report.json'), ['"gate":"success"', '"gate":"failure"'])
    const { differences } = await recheck(directory)
    expect(differences).toEqual([{ guarantee: '(whole run)', what: 'report', stored: 'gate failure', now: 'gate success' }])
    expect(await verifyReport(directory)).toEqual([
      'report.json: the gate is failure, but the verdicts and the known failures make it success.',
    ])
  })

  test('a file that was taken away is found, and so is a section', async () => {
    await rm(join(directory, 'known-failures.yaml'))
    expect((await recheck(directory)).differences).toMatchObject([{ what: 'report', now: 'no known failures' }])
    expect(await verifyReport(directory)).toEqual(['known-failures.yaml cannot be read, but the report rests on it.'])
    await writeReport()
    await writeFile(join(directory, 'known-failures.yaml'), knownFailuresText(exampleKnownFailures))
    expect((await recheck(directory)).differences).toMatchObject([{ what: 'report', stored: 'no known failures' }])
  })
})
