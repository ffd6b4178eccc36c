import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { guaranteeJson } from '../testing/written-guarantee.ts'
import { exampleOwnRun, ownGuarantee } from '../testing/example-own-suites.ts'
import { readReport, verifyRun } from './verify-run.ts'

const commit = 'c'.repeat(40)
const ofHoldfast = { id: 'statefulset/ordered-startup' }

let directory: string

beforeEach(async () => {
  directory = await exampleOwnRun()
  edit('run.json', (text) => text.replace(/"commit":"[^"]*"/, `"commit":"${commit}"`))
  edit('report.json', (text) => text.replace(/"commit":"[^"]*"/, `"commit":"${commit}"`))
})

afterEach(() => rmSync(directory, { recursive: true }))

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(directory, file), 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`${file} stays as it is.`)
  writeFileSync(join(directory, file), after)
}

async function verified(guarantees: readonly { readonly id: string }[] = [ofHoldfast]) {
  const lookUp = async () => Promise.resolve({ digests: new Map<string, string>(), guarantees })
  return verifyRun(directory, { key: undefined, lookUp, readSuite: guaranteeJson })
}

test('a run of suites of one’s own holds them, and needs none of the guarantees of Holdfast', async () => {
  const { problems, shown, unproven } = await verified()
  expect(problems).toEqual([])
  expect(shown).toEqual([
    'Rechecked 1 guarantee, 1 judgement: all as stored.',
    `None of the guarantees of commit ${commit} is part of this run: its suites are not of Holdfast.`,
    'The guarantees that are not of Holdfast are those of keeper (2 files), which the run holds, and none is left out.',
  ])
  expect(unproven).toContain(
    '1 judgement was not made again, by checks of suites that are not of Holdfast: add --suites with the directory of these suites.',
  )
})

test.each<[what: string, change: () => void, says: string]>([
  [
    'a changed suite',
    () => edit('own-suites/keeper/ordered-startup.suite.ts', (text) => `${text}// Changed.\n`),
    'own-suites/keeper/ordered-startup.suite.ts is not as own-suites.sha256 says.',
  ],
  [
    'an added file',
    () => writeFileSync(join(directory, 'own-suites', 'keeper', 'more.ts'), ''),
    'own-suites/keeper/more.ts is not in own-suites.sha256.',
  ],
  [
    'a missing file',
    () => rmSync(join(directory, 'own-suites', 'keeper', 'ledger'), { recursive: true }),
    'own-suites/keeper/ledger/keeper.yaml is in own-suites.sha256, and missing.',
  ],
  [
    'a list that was written anew',
    () => appendFileSync(join(directory, 'own-suites.sha256'), `${'a'.repeat(64)}  own-suites/keeper/more.ts\n`),
    'own-suites.sha256 does not list the files of keeper that report.json tells of.',
  ],
  [
    'a guarantee that is worded otherwise',
    () => edit('guarantees.json', (text) => text.replace('one after the other', 'all at once')),
    'guarantees.json has keeper/ordered-startup otherwise than the suites that the run holds.',
  ],
])('%s is found', async (_what, change, says) => {
  change()
  expect((await verified()).problems).toContain(says)
})

test('a guarantee of the stored suites that the report leaves out is found, and one that they have not', async () => {
  const lookUp = async () => Promise.resolve({ digests: new Map<string, string>(), guarantees: [] })
  const readSuite = () => [{ ...ownGuarantee, id: 'keeper/other' }]
  expect((await verifyRun(directory, { key: undefined, lookUp, readSuite })).problems).toEqual(
    expect.arrayContaining([
      'report.json leaves out keeper/other, which the suites that the run holds have.',
      'report.json has keeper/ordered-startup, which the suites that the run holds have not.',
    ]),
  )
})

test('nobody passes a guarantee of Holdfast off as one of their own', async () => {
  const { problems } = await verified([{ id: 'keeper/ordered-startup' }])
  expect(problems).toContain(`report.json says that keeper/ordered-startup is not of Holdfast, and commit ${commit} has it.`)
})

test('the report says which suites they are, and that its guarantees were never seen to fail', async () => {
  const report = await readReport(directory)
  expect(report?.run.ownSuites).toMatchObject([{ name: 'keeper', areas: ['keeper'], files: 2 }])
  expect(report?.guarantees).toMatchObject([{ id: 'keeper/ordered-startup', lastSeenToFail: null }])
})
