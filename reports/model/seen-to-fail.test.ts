import { rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { exampleRun } from '../testing/example-run.ts'
import { buildReport } from './build-report.ts'
import { type Failure, type LastSeen, seenInWords } from './seen-to-fail.ts'
import type { SensitivityRow } from './sensitivity.ts'

const id = 'statefulset/ordered-startup'
const before: Failure = {
  mutant: 'parallel-pod-management',
  judgement: 'toUphold in-order',
  seconds: 4,
  day: '2026-11-02',
  kubernetes: 'v1.34.4',
}
const row: SensitivityRow = {
  ...{ mutant: 'startup-not-awaited', component: 'kube-controller-manager', guarantee: id, verdict: 'Failed', reason: 'web-1 was early.' },
  ...{ effect: 'it came there', killedBy: 'toUphold in-order', killed: true, seconds: 3.7 },
}

async function seenIn(options: Parameters<typeof exampleRun>[0]): Promise<Readonly<Record<string, LastSeen | undefined>>> {
  const directory = await exampleRun(options)
  onTestFinished(() => rm(directory, { recursive: true }))
  const { guarantees } = await buildReport(directory)
  return Object.fromEntries(guarantees.map((guarantee) => [guarantee.id, guarantee.lastSeenToFail]))
}

test('a guarantee that failed in a control of the run says so, whatever was before', async () => {
  const seen = await seenIn({ controls: [row], seenBefore: { [id]: before } })
  expect(seen[id]).toEqual({
    ...{ mutant: 'startup-not-awaited', component: 'kube-controller-manager', judgement: 'toUphold in-order', seconds: 3.7 },
    ...{ day: '2026-11-21', kubernetes: 'v1.36.3', inThisRun: true },
  })
})

test('of several controls of the run, the last to end counts, with its own day', async () => {
  const late = { ...row, mutant: 'late', endedAt: '2026-11-22T00:01:00.000Z' }
  const seen = await seenIn({ controls: [late, { ...row, endedAt: '2026-11-21T23:59:00.000Z' }] })
  expect(seen[id]).toMatchObject({ mutant: 'late', day: '2026-11-22' })
})

test('a control that was not killed counts for nothing: what was before does', async () => {
  const seen = await seenIn({ controls: [{ ...row, killed: false }], seenBefore: { [id]: before } })
  expect(seen[id]).toEqual({ ...before, inThisRun: false })
})

test('where no run has shown it, it was never seen; where a run does not know, nothing is said', async () => {
  expect((await seenIn({ controls: [row], seenBefore: {} }))['expansion/online']).toBeNull()
  expect((await seenIn({ controls: [row] }))['expansion/online']).toBeUndefined()
})

test.each<[LastSeen, string]>([
  [null, 'Never seen to fail.'],
  [
    { ...before, inThisRun: false },
    'Last seen to fail on 2026-11-02 on Kubernetes v1.34.4, under parallel-pod-management, by toUphold in-order, after 4.0 s.',
  ],
  [
    { mutant: 'early', component: 'kubelet', day: '2026-11-02', kubernetes: 'v1.37.2', inThisRun: true },
    'Last seen to fail in this run on Kubernetes v1.37.2, under early in kubelet.',
  ],
])('%j in words', (seen, words) => {
  expect(seenInWords(seen)).toBe(words)
})
