import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeSums } from '../../harness/engine/evidence/verify-evidence.ts'
import { publishedCopy, writePublishedCopies } from '../publish/published-copy.ts'
import { originFacts } from '../render/page/origin.ts'
import { reportOfRun } from '../model/report-of-run.ts'
import { exampleOwnRun, ownGuarantee } from '../testing/example-own-suites.ts'
import { recheck, recheckLines } from './recheck.ts'
import { verifyReport } from './verify.ts'

let directory: string

beforeEach(async () => {
  directory = await exampleOwnRun()
})

afterEach(() => rmSync(directory, { recursive: true }))

const notAgain =
  '1 judgement was not made again, by checks of suites that are not of Holdfast: add --suites with the directory of these suites.'

test('a run is read without its suites: judgements by checks of one’s own count as stored, which is said', async () => {
  const found = await recheck(directory)
  expect(recheckLines(found)).toEqual(['Rechecked 1 guarantee, 1 judgement: all as stored.', notAgain])
  expect(found).toMatchObject({ exitCode: 0, asStored: 1 })
})

test('a verdict that such judgements do not make is found', async () => {
  const judgements = join(directory, 'evidence', ownGuarantee.id, 'judgements.jsonl')
  writeFileSync(judgements, readFileSync(judgements, 'utf8').replace('"outcome":"upheld"', '"outcome":"violated"'))
  writeSums(join(directory, 'evidence', ownGuarantee.id))
  expect((await recheck(directory)).differences).toMatchObject([{ guarantee: ownGuarantee.id, what: 'verdict', stored: 'Passed' }])
})

test('a check that there is not is found in a guarantee of Holdfast', async () => {
  const run = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as object
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...run, ownSuites: undefined }))
  expect((await recheck(directory)).differences).toMatchObject([
    { what: 'judgement', now: 'inconclusive: This version of Holdfast has no check keeper-starts-in-order.' },
    { what: 'verdict' },
  ])
})

test('a published copy has the suites, and can be read without them', async () => {
  const target = join(directory, 'copy')
  await writePublishedCopies([{ copy: await publishedCopy(directory), directory: target }])
  expect(existsSync(join(target, 'own-suites', 'keeper', 'ordered-startup.suite.ts'))).toBe(true)
  expect(await verifyReport(target)).toEqual([])
  expect(await recheck(target)).toMatchObject({ differences: [], byDigest: 1 })
})

test('the page of a run names its suites', async () => {
  const facts = originFacts(await reportOfRun(directory))
  expect(facts).toContainEqual([
    'Suites that are not of Holdfast',
    expect.stringMatching(/^keeper: keeper\/\*; 2 files, SHA-256 of their list [0-9a-f]{64}$/),
  ])
})
