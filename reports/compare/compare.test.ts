import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { LedgerResult } from '../model/ledger-results.ts'
import { act, historyOf } from '../testing/example-history.ts'
import { exampleGuarantees, exampleRun } from '../testing/example-run.ts'
import { exampleSide } from '../testing/example-side.ts'
import { wholeRun, wholeRuns } from '../testing/whole-run.ts'
import { writeReports } from '../write-reports.ts'
import { changesOf } from './change.ts'
import { compare } from './compare.ts'
import { comparisonSchema } from './comparison.ts'
import { NotComparable, runsOfSide } from './runs-of-side.ts'

const published = (name: string) => runsOfSide(join(import.meta.dirname, '..', 'published', name))
const gateDurations = false

test('two real runs of the same platform: nothing is worse, and one guarantee is new', async () => {
  const [before, after] = [await runsOfSide(await wholeRun(wholeRuns[0])), await runsOfSide(await wholeRun(wholeRuns[1]))]
  const comparison = await compare({ before, after, gateDurations })
  expect(comparisonSchema.parse(comparison)).toEqual(comparison)
  expect(comparison).toMatchObject({
    result: 'nothing worse',
    totals: { compared: 118, same: 118, worse: 0, better: 0, flaky: 0, onlyBefore: 0, onlyAfter: 1 },
    onlyAfter: [{ id: 'topology/taints-count', verdict: 'Passed', why: 'not selected, or no such guarantee there' }],
    durations: { compared: 118, changes: [] },
  })
  expect(comparison.platform.map(({ area, name }) => `${area} ${name}`)).toEqual(['version kernel', 'machine kernel', 'holdfast commit'])
})

test('two real minors: nothing is worse, and what differs in them is told', async () => {
  const [before, after] = [
    await published('v1.35.4-standard-20261128-231430-07ab'),
    await published('v1.37.2-standard-20261128-201152-559a'),
  ]
  const comparison = await compare({ before, after, gateDurations })
  expect(comparison).toMatchObject({ result: 'nothing worse', totals: { compared: 118, same: 118 }, verdicts: [], statements: [] })
  expect(comparison.platform).toContainEqual({ area: 'version', name: 'kubernetes', before: 'v1.35.4', after: 'v1.37.2' })
  expect(comparison.platform).toContainEqual({ area: 'feature gate', name: 'MaxUnavailableStatefulSet', before: 'off', after: 'on' })
})

test('of a published run, the history of what Passed is kept by digest, and the comparison says so', async () => {
  const [before, after] = [await published('v1.37.2-standard-20261128-201152-559a'), await published('v1.37.2-full-20261129-185551-9292')]
  const { verdicts, result } = await compare({ before, after, gateDurations })
  expect(result).toBe('something worse')
  expect(verdicts).toMatchObject([
    {
      id: 'updates/rolling-update',
      direction: 'worse',
      before: { verdict: 'Passed' },
      after: { verdict: 'Inconclusive', cause: 'Cluster holdfast-t has no second image to run Pods from.' },
      noParting: 'The history of 20261128-201152-559a is not here: it is kept by digest, or by the whole run.',
    },
  ])
})

/** A run directory with the first of the examples, which came out as told. */
async function runWith(verdict: 'Passed' | 'Failed', phase: 'accepted' | 'rejected'): Promise<string> {
  const [first] = exampleGuarantees
  if (first === undefined) throw new Error('There are no examples.')
  const reasons = verdict === 'Passed' ? [] : [{ summary: 'It was refused.\nIn two lines.' }]
  const subject = { kind: 'StatefulSet', name: 'web' }
  const answer = { code: 403, reason: 'Forbidden', message: 'no' }
  const history = historyOf([
    [0, act('apply', subject)],
    [2, { ...act('apply', subject, phase), answer }],
  ])
  const id = verdict === 'Passed' ? '20261121-100000-ab12' : '20261122-100000-ab12'
  const example = await exampleRun({ id, examples: [{ ...first, verdict, reasons, history }] })
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(async () => rm(directory, { recursive: true }))
  await cp(example, directory, { recursive: true })
  await rm(example, { recursive: true })
  await writeReports(directory)
  return directory
}

test('a verdict that changed is told with both causes and where the histories part', async () => {
  const before = await runsOfSide(await runWith('Passed', 'accepted'))
  const after = await runsOfSide(await runWith('Failed', 'rejected'))
  const { verdicts } = await compare({ before, after, gateDurations })
  expect(verdicts).toMatchObject([
    {
      id: 'statefulset/ordered-startup',
      before: { verdict: 'Passed', runs: { Passed: 1 } },
      after: { verdict: 'Failed', runs: { Failed: 1 }, cause: 'It was refused.' },
      parting: {
        last: { before: { entry: 0 }, after: { entry: 0 } },
        next: {
          before: { entry: 1, seconds: 2, what: 'apply StatefulSet web accepted' },
          after: { entry: 1, seconds: 2, what: 'apply StatefulSet web rejected with 403 Forbidden' },
        },
      },
    },
  ])
  expect(verdicts[0]?.before).not.toHaveProperty('cause')
})

test('of several runs, those are laid side by side whose histories are there', async () => {
  const whole = await runsOfSide(await runWith('Passed', 'accepted'))
  const away = exampleSide({ id: 'away', guarantees: { 'statefulset/ordered-startup': 'Passed' } })
  const before = { runs: [away.runs[0], ...whole.runs], leftOut: [] } as const
  const { verdicts } = await compare({ before, after: await runsOfSide(await runWith('Failed', 'rejected')), gateDurations })
  expect(verdicts).toMatchObject([{ before: { runs: { Passed: 2 } }, parting: { runs: { before: '20261121-100000-ab12' } } }])
})

test('runs of a side that do not agree are flaky, with counts', async () => {
  const before = exampleSide({ guarantees: { 'a/b': 'Passed' } }, { guarantees: { 'a/b': 'Passed' } })
  const flaky = () =>
    exampleSide({ guarantees: { 'a/b': 'Passed' } }, { guarantees: { 'a/b': { verdict: 'Failed', reason: 'Now and then.' } } })
  expect(await compare({ before, after: flaky(), gateDurations })).toMatchObject({
    result: 'something worse',
    totals: { compared: 1, same: 0, worse: 1, flaky: 1 },
    verdicts: [{ after: { verdict: 'flaky', runs: { Passed: 1, Failed: 1 }, cause: 'Now and then.' } }],
  })
  expect(await compare({ before: flaky(), after: flaky(), gateDurations })).toMatchObject({
    result: 'nothing worse',
    verdicts: [{ direction: 'neither', before: { verdict: 'flaky' }, after: { verdict: 'flaky' } }],
  })
})

test('what is no longer supported is worse, and told with what is missing', async () => {
  const lacking = { verdict: 'NotSupported', reason: 'Cluster new lacks VolumeCloning (the probe saw none).' } as const
  const gate = { verdict: 'NotSupported', reason: 'It does not apply to cluster new: it needs the feature gate X, which is off.' } as const
  const { verdicts } = await compare({
    before: exampleSide({ guarantees: { 'a/clones': 'Passed', 'a/gated': 'Passed' } }),
    after: exampleSide({ guarantees: { 'a/clones': lacking, 'a/gated': gate }, cluster: { features: [] } }),
    gateDurations,
  })
  expect(verdicts.map(({ direction, after }) => [direction, after.missing])).toEqual([
    ['worse', 'VolumeCloning (the probe saw none)'],
    ['worse', 'it needs the feature gate X, which is off'],
  ])
})

test('guarantees of one side only are neither worse nor better, with why the other has them not', async () => {
  const comparison = await compare({
    before: exampleSide({ guarantees: { 'a/both': 'Passed', 'a/slow': 'Passed', 'a/gone': 'Failed' } }),
    after: exampleSide({ guarantees: { 'a/both': 'Passed', 'a/new': 'Failed' }, skipped: [{ id: 'a/slow', why: 'slow: profile full' }] }),
    gateDurations,
  })
  expect(comparison).toMatchObject({ result: 'nothing worse', totals: { compared: 1, onlyBefore: 2, onlyAfter: 1 } })
  expect(comparison.onlyBefore.map(({ id, why }) => [id, why])).toEqual([
    ['a/slow', 'not selected: slow: profile full'],
    ['a/gone', 'no such guarantee there'],
  ])
  expect(comparison.onlyAfter).toEqual([{ id: 'a/new', verdict: 'Failed', why: 'no such guarantee there' }])
})

test('a guarantee that was restated says so: Holdfast itself judged otherwise', async () => {
  const restated = { verdict: 'Failed', statement: 'Something else.' } as const
  const sides = { before: exampleSide({ guarantees: { 'a/b': 'Passed' } }), after: exampleSide({ guarantees: { 'a/b': restated } }) }
  expect((await compare({ ...sides, gateDurations })).verdicts).toMatchObject([{ restated: true }])
})

test('a change of a statement comes from the guarantees that changed, so that who knows these knows it', async () => {
  const entry = (outcome: 'upheld' | 'not run') => {
    const { clauses = [], ...rest } = stated(outcome)
    const judgement = { label: 'order', line: 1, outcome: 'upheld', entries: [0, 9] as [number, number] } as const
    return [
      {
        ...rest,
        clauses: clauses.map((clause) => ({ ...clause, judgements: ['a/b', 'a/c'].map((guarantee) => ({ ...judgement, guarantee })) })),
      },
    ]
  }
  const comparison = await compare({
    before: exampleSide({ guarantees: { 'a/b': 'Passed', 'a/c': 'Passed' }, ledger: entry('upheld') }),
    after: exampleSide({ guarantees: { 'a/b': 'Failed', 'a/c': 'Passed' }, ledger: entry('not run') }),
    gateDurations,
  })
  expect(changesOf(comparison).map(({ of, id, guarantees }) => [of, id, guarantees])).toEqual([
    ['guarantee', 'a/b', ['a/b']],
    ['statement', 'area.entry (order)', ['a/b']],
  ])
})

test('a run cannot be on both sides: it would be its own yardstick', async () => {
  const one = { id: 'one', guarantees: { 'a/b': 'Passed' } } as const
  const failed = compare({ before: exampleSide(one, one), after: exampleSide({ ...one, id: 'other' }, one), gateDurations })
  await expect(failed).rejects.toThrow('Run one is on both sides.')
  await expect(failed).rejects.toBeInstanceOf(NotComparable)
})

test('sides without a guarantee in common cannot be compared', async () => {
  const failed = compare({
    before: exampleSide({ guarantees: { 'a/b': 'Passed' } }),
    after: exampleSide({ guarantees: { 'a/c': 'Passed' } }),
    gateDurations,
  })
  await expect(failed).rejects.toThrow('No guarantee was selected on both sides.')
  await expect(failed).rejects.toBeInstanceOf(NotComparable)
})

/** A statement with one clause, and what became of it. */
function stated(outcome: 'upheld' | 'violated' | 'not run', guarantee = 'a/b'): LedgerResult {
  const judgement = { guarantee, label: 'order', line: 1, outcome: 'upheld', entries: [0, 9] } as const
  return {
    ...{
      id: 'area.entry',
      area: 'Area',
      level: 'MUST',
      statement: 'It is so.',
      verdict: 'holds',
      reality: 'It is.',
      guarantees: [guarantee],
    },
    clauses: [{ key: 'order', states: 'It is in order.', outcome, why: 'why', judgements: [{ ...judgement, entries: [0, 9] }] }],
    outcome: outcome === 'upheld' ? 'holds' : 'not settled',
  }
}

test('a clause that is no longer settled is worse, where both sides selected what decides it', async () => {
  const side = (outcome: 'upheld' | 'violated', id = 'a/b') =>
    exampleSide({ guarantees: { 'a/a': 'Passed', [id]: 'Passed' }, ledger: [stated(outcome)] })
  const comparison = await compare({ before: side('upheld'), after: side('violated'), gateDurations })
  expect(comparison).toMatchObject({
    result: 'something worse',
    statements: [
      { id: 'area.entry', clause: 'order', direction: 'worse', before: 'upheld', after: 'violated', why: 'why', guarantees: ['a/b'] },
    ],
  })
  expect(await compare({ before: side('violated'), after: side('upheld'), gateDurations })).toMatchObject({
    result: 'nothing worse',
    statements: [{ direction: 'better' }],
  })
  expect((await compare({ before: side('upheld'), after: side('violated', 'a/other'), gateDurations })).statements).toEqual([])
})
