import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { act, historyOf } from '../testing/example-history.ts'
import { exampleSide } from '../testing/example-side.ts'
import { partingOfRuns } from './parting-of-runs.ts'
import type { Judged } from './verdicts.ts'

/** What a run says of a guarantee, with a history in which one request was made. */
function judged(id: string, verdict: VerdictName, verb: string): Judged {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  mkdirSync(join(directory, 'evidence', 'a', 'b'), { recursive: true })
  const [entry] = historyOf([[0, act(verb, { kind: 'PersistentVolumeClaim', name: 'data' })]])
  writeFileSync(join(directory, 'evidence', 'a', 'b', 'history.jsonl'), `${JSON.stringify(entry)}\n`)
  const { report } = exampleSide({ id, guarantees: { 'a/b': verdict } }).runs[0]
  const [result] = report.guarantees
  if (result === undefined) throw new Error('The example has no guarantee.')
  return { run: { directory, report }, result }
}

test('of several runs, one that Passed is laid beside one that did not, before two of which neither did', async () => {
  const before = [judged('unsure', 'Inconclusive', 'apply'), judged('good', 'Passed', 'apply')]
  const found = await partingOfRuns('a/b', [before, [judged('bad', 'Failed', 'delete')]])
  expect(found.parting?.runs).toEqual({ before: 'good', after: 'bad' })
})
