import { expect, test } from 'vitest'
import { interruptedReason } from '../../contract/interrupted-reason.ts'
import type { Platform } from './condition.ts'
import { knownBy } from './is-known.ts'
import type { ListedFailure } from './known-failure.ts'
import { type EntryOutcome, type JudgedRun, settle } from './outcome.ts'

const cluster: Platform = { versions: { kubernetes: 'v1.36.3' }, driver: 'a.csi', profile: 'default', features: [] }
const startedAt = '2026-11-30T10:00:00.000Z'
const day = '2026-11-30'

const run: JudgedRun = {
  cluster,
  guarantees: [
    { id: 'a/failed', verdict: 'Failed', reasons: [{ summary: 'Pod web-1 came early.' }, { summary: 'A later cause.' }], startedAt },
    { id: 'a/unsure', verdict: 'Inconclusive', reasons: [{ summary: 'A watch has a gap.' }], startedAt },
    { id: 'a/passed', verdict: 'Passed', reasons: [], startedAt },
    { id: 'a/unsupported', verdict: 'NotSupported', reasons: [{ summary: 'Cluster x lacks Zones.' }] },
    { id: 'a/never', verdict: 'Inconclusive', reasons: [{ summary: 'The suite broke before it could judge: it left no verdict.' }] },
    { id: 'a/stopped', verdict: 'Inconclusive', reasons: [{ summary: interruptedReason }], startedAt },
  ],
  skipped: [{ id: 'b/skipped' }],
}

function entry(fields: Partial<ListedFailure>): ListedFailure {
  const known = { why: 'It is being mended.', link: 'https://example.com/1', owner: 'storage', expires: '2026-12-31', line: 2 }
  return { guarantee: 'a/failed', verdict: 'Failed', ...known, ...fields }
}

test.each<[string, Partial<ListedFailure>, EntryOutcome, string]>([
  ['the failure', {}, 'known', 'a/failed is Failed, which is known until 2026-12-31.'],
  ['its cause', { reason: 'web-* came early' }, 'known', 'a/failed is Failed, which is known until 2026-12-31.'],
  ['the last day', { expires: '2026-11-30' }, 'known', 'a/failed is Failed, which is known until 2026-11-30.'],
  [
    ...(['the day after', { expires: '2026-11-29' }, 'expired'] as const),
    'a/failed is still Failed, and was accepted until 2026-11-29 only. Mend what fails, or agree on a later day.',
  ],
  [
    'an unclear verdict',
    { guarantee: 'a/unsure', verdict: 'Inconclusive' },
    'known',
    'a/unsure is Inconclusive, which is known until 2026-12-31.',
  ],
  ['what passes', { guarantee: 'a/passed' }, 'passes again', 'a/passed Passed, and is listed as Failed. Remove the entry.'],
  [
    ...(['what passes, after its day', { guarantee: 'a/passed', expires: '2026-01-01' }, 'passes again'] as const),
    'a/passed Passed, and is listed as Failed. Remove the entry.',
  ],
  [
    ...(['another verdict', { verdict: 'Inconclusive' }, 'matches nothing'] as const),
    'a/failed is Failed (Pod web-1 came early), and is listed as Inconclusive. Remove the entry, or correct its verdict.',
  ],
  [
    ...(['another cause', { reason: 'A later cause' }, 'matches nothing'] as const),
    'a/failed is Failed (Pod web-1 came early), and is listed with the reason "A later cause". Remove the entry, or correct its reason.',
  ],
  [
    ...(['an unknown id', { guarantee: 'a/faild' }, 'matches nothing'] as const),
    'There is no guarantee a/faild. Did you mean a/failed? Remove the entry, or correct its id.',
  ],
  [
    ...(['an unknown id for another platform', { guarantee: 'c/gone', when: { driver: 'b.csi' } }, 'matches nothing'] as const),
    'There is no guarantee c/gone. Remove the entry, or correct its id.',
  ],
  [
    ...(['another platform', { when: { driver: 'b.csi' }, expires: '2026-01-01' }, 'does not apply'] as const),
    'The entry of a/failed does not apply: it is for the driver b.csi, and this is a.csi.',
  ],
  [
    'what passes on another platform',
    { guarantee: 'a/passed', when: { kubernetes: '>=1.37' } },
    'does not apply',
    'The entry of a/passed does not apply: it is for Kubernetes >=1.37, and this is v1.36.3.',
  ],
  [
    'what is not supported',
    { guarantee: 'a/unsupported' },
    'does not apply',
    'The entry of a/unsupported does not apply: the guarantee is NotSupported here.',
  ],
  [
    'what never started',
    { guarantee: 'a/never', verdict: 'Inconclusive' },
    'does not apply',
    'The entry of a/never does not apply: the guarantee was never started.',
  ],
  [
    ...(['what was stopped', { guarantee: 'a/stopped', verdict: 'Inconclusive' }, 'does not apply'] as const),
    'The entry of a/stopped does not apply: the run was interrupted before the guarantee was judged.',
  ],
  ['what was not selected', { guarantee: 'b/skipped', expires: '2026-01-01' }, 'not selected', 'b/skipped was not selected.'],
])('%s', (...[, fields, ...came]) => {
  const [outcome, says] = came
  expect(settle([entry(fields)], run, day)).toEqual([{ entry: entry(fields), outcome, says }])
})

test('where one entry describes a failure, another one of the same guarantee says nothing', () => {
  const entries = [
    entry({ reason: 'came early', line: 2 }),
    entry({ reason: 'came late', line: 9 }),
    entry({ verdict: 'Inconclusive', line: 16 }),
  ]
  expect(settle(entries, run, day).map(({ outcome, says }) => [outcome, says])).toEqual([
    ['known', 'a/failed is Failed, which is known until 2026-12-31.'],
    ['does not apply', 'The entry of a/failed does not apply: it failed as the entry on line 2 says.'],
    ['does not apply', 'The entry of a/failed does not apply: it failed as the entry on line 2 says.'],
  ])
  const elsewhere = [{ ...entry({ line: 2 }), when: { driver: 'b.csi' } }, entry({ reason: 'came late', line: 9 })]
  expect(settle(elsewhere, run, day).map(({ outcome }) => outcome)).toEqual(['does not apply', 'matches nothing'])
})

test('an entry that expired is told although another one still knows the failure', () => {
  const entries = [entry({ expires: '2026-11-01', line: 2 }), entry({ reason: 'came early', line: 9 })]
  expect(settle(entries, run, day).map(({ outcome, says }) => [outcome, says])).toEqual([
    ['expired', 'a/failed is still Failed, and was accepted until 2026-11-01 only. Remove the entry: line 9 says the same.'],
    ['known', 'a/failed is Failed, which is known until 2026-12-31.'],
  ])
})

test('a failure is known by an entry of its guarantee, verdict, cause and platform that has not expired', () => {
  const [failed] = run.guarantees
  if (failed === undefined) throw new Error('There is no run.')
  const known = (fields: Partial<ListedFailure>) => ({ entries: [entry(fields)], platform: cluster, day })
  expect(knownBy(failed, known({}))).toEqual(entry({}))
  expect(knownBy(failed, known({ reason: 'web-1' }))).toEqual(entry({ reason: 'web-1' }))
  for (const fields of [{ expires: '2026-11-29' }, { reason: 'web-2' }, { verdict: 'Inconclusive' as const }, { when: { driver: 'b' } }])
    expect(knownBy(failed, known(fields))).toBeUndefined()
})
