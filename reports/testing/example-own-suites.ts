import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { writeSums } from '../../harness/engine/evidence/verify-evidence.ts'
import { buildReport } from '../model/build-report.ts'
import { ownSuitesFile, type OwnSuitesRecord } from '../model/own-suites.ts'
import type { RunRecord } from '../model/run-record.ts'
import { exampleGuarantees, exampleRun } from './example-run.ts'

/** The guarantee of the example run that is of suites of one's own. */
export const ownGuarantee: Guarantee = {
  id: 'keeper/ordered-startup',
  statement: 'Keeper starts the Pods of a store one after the other.',
  level: 'MUST',
  source: { page: 'https://keeper.example.com/manual/', section: 'stores' },
  requires: ['DynamicProvisioning'],
  mutants: [],
  proves: {},
}

const suite = 'own-suites/keeper/ordered-startup.suite.ts'
const ledger = 'own-suites/keeper/ledger/keeper.yaml'

/** A run of suites of one's own alone, with its report: one guarantee, which Passed by a check that Holdfast has not. */
export async function exampleOwnRun(): Promise<string> {
  const [example] = exampleGuarantees
  if (example === undefined) throw new Error('There is no example.')
  const directory = await exampleRun({ examples: [{ ...example, guarantee: ownGuarantee }], skipped: [], seenBefore: {} })
  const files = { [suite]: `conformance(${JSON.stringify(ownGuarantee)})\n`, [ledger]: 'title: Keeper\nentries: []\n' }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  const sums = Object.entries(files).map(([path, text]) => `${hash('sha256', text)}  ${path}\n`)
  writeFileSync(join(directory, ownSuitesFile), sums.join(''))
  const ownSuites: OwnSuitesRecord[] = [{ name: 'keeper', areas: ['keeper'], files: 2, sha256: hash('sha256', sums.join('')) }]
  const run = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as RunRecord
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...run, ownSuites }))
  const evidence = join(directory, 'evidence', ownGuarantee.id)
  const judgements = join(evidence, 'judgements.jsonl')
  writeFileSync(judgements, readFileSync(judgements, 'utf8').replace('pods-start-in-ordinal-order', 'keeper-starts-in-order'))
  writeSums(evidence)
  writeFileSync(join(directory, 'report.json'), JSON.stringify(await buildReport(directory)))
  return directory
}
