import { expect, test } from 'vitest'
import { outcomeOf } from '../../reports/model/ledger.ts'
import { outcomeTones } from '../../reports/render/outcome-tone.ts'
import { readCatalogue } from './guarantee-catalogue.ts'
import { projectRoot } from '../shell/project-root.ts'
import { readLedger } from './read-ledger.ts'

const ledger = readLedger(projectRoot, readCatalogue(projectRoot))
const notRun = new Map<string, string>()

test('with every check Passed, no conditional or refuted statement of the ledger is said to hold; green is for what holds alone', () => {
  const verdicts = new Map(ledger.flatMap(({ guarantees }) => guarantees.map((id) => [id, 'Passed'] as const)))
  const settled = ledger.map((entry) => ({ entry, outcome: outcomeOf(entry, { verdicts, notRun }).outcome }))
  const green = settled.filter(({ outcome }) => outcome === 'holds')
  expect(
    Object.entries(outcomeTones)
      .filter(([, tone]) => tone === 'good')
      .map(([outcome]) => outcome),
  ).toEqual(['holds'])
  expect(green.length).toBeGreaterThan(100)
  expect(green.filter(({ entry }) => entry.verdict !== 'holds').map(({ entry }) => entry.id)).toEqual([])
})

test('with any one check of a statement left out, it is neither said to hold nor shown to be wrong', () => {
  const early = ledger.flatMap((entry) =>
    entry.guarantees.flatMap((left) => {
      const verdicts = new Map(entry.guarantees.filter((id) => id !== left).map((id) => [id, 'Passed'] as const))
      const { outcome } = outcomeOf(entry, { verdicts, notRun })
      const isShown = ['holds', 'does not hold (documented wrongly, shown)', 'shown in part: conditional'].includes(outcome)
      return isShown ? [`${entry.id} without ${left}: ${outcome}`] : []
    }),
  )
  expect(early).toEqual([])
})
