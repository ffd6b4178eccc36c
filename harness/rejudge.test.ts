import { expect, test } from 'vitest'
import type { HistoryEntry } from './engine/history/history-entry.ts'
import { historyOf, seen } from './engine/history/literal.ts'
import { rejudge } from './rejudge.ts'
import { checksWithExamples, conditionsWithExamples } from './testing/examples.ts'
import type { JudgementRecord } from './engine/history/judgement-record.ts'

const placed = (history: readonly HistoryEntry[]) => history.map((entry, seq) => ({ ...entry, seq }))

function record(from: Partial<JudgementRecord> & Pick<JudgementRecord, 'verb' | 'name' | 'params'>): JudgementRecord {
  return { description: '', fromSeq: 0, untilSeq: 0, outcome: 'upheld', ...from }
}

test.each(await checksWithExamples())('$name comes out of a recorded history as it came out live', ({ name, examples }) => {
  const outcomes = { upholds: 'upheld', rejects: 'violated', gaps: 'inconclusive' } as const
  for (const [group, outcome] of Object.entries(outcomes)) {
    for (const { params, history } of examples?.[group as keyof typeof outcomes] ?? []) {
      const [again] = rejudge(placed(history), [record({ verb: 'toUphold', name, params, untilSeq: history.length })])
      expect(again?.outcome).toBe(outcome)
    }
  }
})

/** Every example in which a condition comes true by something observed. */
const reached = (await conditionsWithExamples()).flatMap(({ name, make, examples }) =>
  (examples?.holds ?? [])
    .filter(({ params, history }) => !make(params).holds([]) && history.some((entry) => entry.type === 'observation'))
    .map(({ title, params, history }) => ({ name, title, params, history: placed(history) })),
)

test.each(reached)('a wait for $name is judged by entries and times alone: $title', ({ name, params, history }) => {
  const kinds = [...new Set(history.flatMap((entry) => (entry.type === 'observation' ? [entry.kind] : [])))]
  const startedAt = history[0]?.at ?? ''
  const wait = record({ verb: 'toReach', name, params, untilSeq: history.length, within: 3600, startedAt, kinds })
  expect(rejudge(history, [wait])).toMatchObject([{ outcome: 'upheld' }])
  const early = new Date(Date.parse(startedAt) - 7_200_000).toISOString()
  expect(rejudge(history, [{ ...wait, startedAt: early }])).toMatchObject([{ outcome: 'inconclusive' }])
})

test('a name that this version does not know is inconclusive', () => {
  const [again] = rejudge([], [record({ verb: 'toUphold', name: 'never-heard-of', params: {} })])
  expect(again?.reason?.summary).toBe('This version of Holdfast has no check never-heard-of.')
})

test('a history that is shorter than what was judged is inconclusive', () => {
  const [again] = rejudge([], [record({ verb: 'toUphold', name: 'any', params: {}, untilSeq: 9 })])
  expect(again?.reason?.summary).toBe('The history ends at entry 0; the judgement read up to 9.')
})

test('older evidence names the suffix of an additional namespace `beside`', () => {
  const history = historyOf(seen('Pod', 'copy/web-0')).map(
    ({ namespaceSuffix: beside, ...entry }: HistoryEntry & { namespaceSuffix?: string }) => ({
      ...entry,
      beside,
    }),
  ) as unknown as readonly HistoryEntry[]
  const startedAt = history[0]?.at ?? ''
  const wait = { verb: 'toReach', name: 'pod-present', untilSeq: 1, within: 5, startedAt, kinds: ['Pod'] } as const
  const judged = (pod: string) => rejudge(history, [record({ ...wait, params: { pod } })])[0]?.outcome
  expect(judged('copy/web-0')).toBe('upheld')
  expect(judged('web-0')).not.toBe('upheld')
})

test.each([
  ['claim-has-class', 'pvc-has-class'],
  ['claims-by-template', 'pvcs-by-template'],
  ['never-claimed', 'pvs-never-bound'],
  ['no-claims-made', 'no-pvcs-created'],
])('a judgement that was stored as %s is made again by %s', async (before, now) => {
  const examples = (await checksWithExamples()).find(({ name }) => name === now)?.examples?.upholds ?? []
  expect(examples.length).toBeGreaterThan(0)
  for (const { params, history } of examples) {
    const [again] = rejudge(placed(history), [record({ verb: 'toUphold', name: before, params, untilSeq: history.length })])
    expect(again?.outcome).toBe('upheld')
  }
})

test('a judgement that was stored with the PVCs of a zone as `claims` is made again', async () => {
  const examples = (await checksWithExamples()).find(({ name }) => name === 'each-in-its-zone')?.examples?.upholds ?? []
  expect(examples.length).toBeGreaterThan(0)
  for (const { params, history } of examples) {
    const { pvcs: claims, ...others } = params as { readonly pvcs: object }
    const stored = record({ verb: 'toUphold', name: 'each-in-its-zone', params: { ...others, claims }, untilSeq: history.length })
    expect(rejudge(placed(history), [stored])[0]?.outcome).toBe('upheld')
  }
})
