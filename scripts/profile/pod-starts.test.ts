import { expect, test } from 'vitest'
import { podStartsOf, type SeenPod } from './pod-starts.ts'

const at = (seconds: number) => new Date(Date.parse('2026-11-30T10:00:00.000Z') + seconds * 1000).toISOString()
const bare: SeenPod = { metadata: { uid: 'u' }, spec: { volumes: [{ persistentVolumeClaim: {} }], containers: [{}] } }
const scheduled: SeenPod = { ...bare, spec: { ...bare.spec, nodeName: 'worker' } }
const ready: SeenPod = {
  ...scheduled,
  status: {
    conditions: ['PodReadyToStartContainers', 'Ready'].map((type) => ({ type, status: 'True' })),
    containerStatuses: [{ state: { running: {} } }],
  },
}

function startsOf(...seen: readonly (readonly [seconds: number, event: string, pod: SeenPod])[]) {
  const entries = seen.map(([seconds, event, object]) => ({ at: at(seconds), type: 'observation', event, kind: 'Pod', object }))
  return podStartsOf({ id: 'a/b', startedAt: at(0), endedAt: at(9), entries, judgements: [] })
}

test('the start of a Pod is told in its parts, which add up', () => {
  const mounted = { ...scheduled, status: { conditions: [{ type: 'PodReadyToStartContainers', status: 'True' }] } }
  const starts = startsOf([1, 'ADDED', bare], [1.5, 'MODIFIED', scheduled], [3, 'MODIFIED', mounted], [4, 'MODIFIED', ready])
  expect(starts.map(({ seconds }) => seconds)).toEqual([0.5, 1.5, 1, 0])
  expect(new Set(starts.map(({ kind }) => kind))).toEqual(new Set(['with a PVC, without a probe']))
})

test('a Pod that was never Ready, or was there before, has no start', () => {
  expect(startsOf([1, 'ADDED', bare], [2, 'MODIFIED', scheduled])).toEqual([])
  expect(startsOf([1, 'EXISTING', bare], [2, 'MODIFIED', ready])).toEqual([])
})
