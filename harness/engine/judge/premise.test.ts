import { expect, test } from 'vitest'
import type { Check } from './check.ts'
import { Inconclusive } from './errors.ts'
import { openHistory } from '../history/history.ts'
import { premise } from './matchers.ts'

const refuses: Check = {
  ...{ name: 'refuses', params: {}, description: 'it is so', reads: [] },
  judge: () => ({ outcome: 'violated', reason: { summary: 'It is not so.', entries: [] } }),
}
const upholds: Check = { ...refuses, name: 'upholds', judge: () => ({ outcome: 'upheld', evaluated: 1 }) }

test('a judgement keeps the label that the suite gives it', async () => {
  const history = openHistory({ evidence: 'evidence/a/b/history.jsonl' })
  await expect(history).toUphold(upholds, { as: 'once' })
  await expect(history).toUphold(upholds)
  expect(history.judgements.map(({ label }) => label)).toEqual(['once', undefined])
})

test('a premise that is not met is inconclusive and no violation', async () => {
  const history = openHistory({ evidence: 'evidence/a/b/history.jsonl' })
  await premise(history, upholds)
  await expect(premise(history, refuses)).rejects.toBeInstanceOf(Inconclusive)
  const summary = 'A premise was not met, so nothing was put to the test: It is not so.'
  expect(history.judgements).toMatchObject([
    { verb: 'premise', outcome: 'upheld' },
    { verb: 'premise', outcome: 'inconclusive', reason: { summary } },
  ])
})
