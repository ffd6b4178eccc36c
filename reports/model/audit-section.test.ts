import { expect, test } from 'vitest'
import { auditInWords } from './audit-section.ts'

test.each([
  [
    { events: 20, versions: 17, acts: 1 },
    'Compared with the audit log of the API server (20 events): 17 versions of objects and 1 request of the suite are in both, no disagreement.',
  ],
  [
    { events: 1, versions: 1, acts: 0, disagreements: ['One.'], undecided: ['It is not whole.'] },
    'Compared with the audit log of the API server (1 event): 1 version of objects and 0 requests of the suite are in both, 1 disagreement. It is not whole.',
  ],
])('%j in words', (section, sentence) => {
  expect(auditInWords(section)).toBe(sentence)
})
