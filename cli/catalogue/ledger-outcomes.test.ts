import { expect, test } from 'vitest'
import { type ClauseResult, clauseResult } from '../../reports/model/clauses.ts'
import { type CoveredEntry, outcomeOf } from '../../reports/model/ledger.ts'
import { outcomeTones } from '../../reports/render/page/outcome-tone.ts'
import { readCatalogue } from './guarantee-catalogue.ts'
import { projectRoot } from '../shell/project-root.ts'
import { readLedger } from './read-ledger.ts'

const ledger = readLedger(projectRoot, readCatalogue(projectRoot))
const ids = [...new Set(ledger.flatMap(({ guarantees }) => guarantees))]

/** What becomes of an entry in a run in which every guarantee Passed but those left out, each judgement upheld. */
function outcomeWithout(entry: CoveredEntry, left: ReadonlySet<string>): string {
  const verdicts = new Map(ids.filter((id) => !left.has(id)).map((id) => [id, 'Passed'] as const))
  const judgementsOf = (guarantee: string) =>
    (entry.clauses ?? [])
      .flatMap(({ judgedBy }) => judgedBy[guarantee] ?? [])
      .map((label) => ({ label, verb: 'toUphold', outcome: 'upheld' as const, fromSeq: 0, untilSeq: 1, line: 1 }))
  const judgements = new Map(ids.map((id) => [id, judgementsOf(id)]))
  const clauses = entry.clauses?.map((clause): ClauseResult => clauseResult(clause, { verdicts, notRun: new Map(), judgements }))
  return outcomeOf(entry, { verdicts, notRun: new Map(), clauses }).outcome
}

const shown = [
  'holds',
  'does not hold (documented wrongly, shown)',
  'condition met: holds; not met: does not',
  'condition met: holds',
  'condition not met: does not hold',
]

test('with every judgement upheld, no conditional or refuted statement of the ledger is said to hold; green is for what holds alone', () => {
  const settled = ledger.map((entry) => ({ entry, outcome: outcomeWithout(entry, new Set()) }))
  const green = settled.filter(({ outcome }) => outcome === 'holds')
  expect(
    Object.entries(outcomeTones)
      .filter(([, tone]) => tone === 'good')
      .map(([outcome]) => outcome),
  ).toEqual(['holds'])
  expect(green.length).toBeGreaterThan(100)
  expect(green.filter(({ entry }) => entry.verdict !== 'holds').map(({ entry }) => entry.id)).toEqual([])
})

test('without the guarantees that decide one of its clauses, no statement is said to hold or to be wrong', () => {
  const early = ledger
    .filter(({ verdict }) => verdict !== 'conditional')
    .flatMap((entry) =>
      (entry.clauses ?? []).flatMap(({ key, judgedBy }) => {
        const outcome = outcomeWithout(entry, new Set(Object.keys(judgedBy)))
        return shown.includes(outcome) ? [`${entry.id} without ${key}: ${outcome}`] : []
      }),
    )
  expect(early).toEqual([])
})

test('no branch of a condition is shown without the guarantees that decide it', () => {
  const early = ledger
    .filter(({ verdict }) => verdict === 'conditional')
    .flatMap((entry) =>
      (['met', 'not met'] as const).flatMap((branch) => {
        const left = (entry.clauses ?? []).filter((clause) => clause.branch === branch)
        const outcome = outcomeWithout(entry, new Set(left.flatMap(({ judgedBy }) => Object.keys(judgedBy))))
        const says = branch === 'met' ? 'condition met: holds' : 'not met: does not'
        return outcome.includes(says) ? [`${entry.id} without ${branch}: ${outcome}`] : []
      }),
    )
  expect(early).toEqual([])
})
