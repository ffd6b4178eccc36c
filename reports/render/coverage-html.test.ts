import { expect, test } from 'vitest'
import type { LedgerResult } from '../model/conformance-report.ts'
import { coverageHtml, statedHtml } from './coverage-html.ts'

const wrong: LedgerResult = {
  id: 'expansion.pod-restart-required',
  area: 'Volume <expansion>',
  level: 'MUST',
  statement: 'The file system grows only when the Pod is restarted.',
  verdict: 'refuted',
  instead: 'It grows under the running Pod.',
  reality: 'kubelet grows it while it is mounted.',
  documents: { 'A lesson & more': ['Expansion'] },
  guarantees: ['expansion/online-growth'],
  outcome: 'does not hold (documented wrongly, shown)',
}
const open: LedgerResult = { ...wrong, id: 'expansion.timing', verdict: 'holds', guarantees: [], outcome: 'no check yet' }

test('the coverage counts entries by area and outcome, and leaves out outcomes that no entry has', () => {
  const html = coverageHtml([wrong, open])
  expect(html).toContain('<th>area</th><th>statements</th><th>does not hold (documented wrongly, shown)</th><th>no check yet</th></tr>')
  expect(html).toContain('<td>Volume &lt;expansion&gt;</td><td>2</td><td>1</td><td>1</td>')
  expect(html).not.toContain('not settled')
})

test('what documents say stands beside what is true and what was found', () => {
  const html = statedHtml([wrong])
  expect(html).toMatch(/only when the Pod is restarted\.<div><small [^>]*>A lesson &amp; more</)
  expect(html).toMatch(/>correct<\/small> It grows under the running Pod\./)
  expect(html).toContain('does not hold (documented wrongly, shown)')
  expect(statedHtml([])).toBe('')
})
