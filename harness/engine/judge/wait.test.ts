import { expect, test } from 'vitest'
import type { Condition } from './check.ts'
import type { NewEntry } from '../history/history.ts'
import { openHistory } from '../history/history.ts'
import { pause } from '../pause.ts'
import type { Observer } from '../watch/observer.ts'
import { wait } from './wait.ts'

const seen = (phase: string): NewEntry => ({
  type: 'observation',
  event: 'MODIFIED',
  kind: 'PersistentVolumeClaim',
  object: { metadata: { name: 'data', uid: 'u', resourceVersion: '1' }, status: { phase } },
})
const bound: Condition = {
  name: 'bound',
  params: {},
  reads: ['PersistentVolumeClaim'],
  description: 'PersistentVolumeClaim data Bound',
  holds: (history) => JSON.stringify(history.findLast(({ type }) => type === 'observation'))?.includes('Bound') ?? false,
}

/** A history that holds a PVC as Pending, and whose watch brings these entries when it is to catch up. */
function behind(...late: readonly NewEntry[]): Observer {
  const history = openHistory()
  const left = [...late]
  const watch = {
    kind: 'PersistentVolumeClaim',
    down: () => undefined,
    catchUp: async () => left.splice(0).forEach((entry) => history.append(entry)),
    [Symbol.asyncDispose]: async () => undefined,
  }
  history.watches.add({ watch, key: 'pvcs', fromTheBeginning: true })
  history.append(seen('Pending'))
  const kinds = ['PersistentVolumeClaim']
  return { kinds, history, subject: 'PersistentVolumeClaims', watches: [watch], signal: new AbortController().signal }
}

test('a stay begins once the watch has caught up with what came true before it', async () => {
  const observer = behind(seen('Bound'))
  expect(await wait({ verb: 'toStay', observer, condition: bound, within: 0.01 })).toMatchObject({ outcome: 'upheld', fromSeq: 2 })
})

test('what is lost after it was brought is a violation', async () => {
  const observer = behind(seen('Bound'), seen('Lost'))
  expect(await wait({ verb: 'toStay', observer, condition: bound, within: 600 })).toMatchObject({ outcome: 'violated' })
})

test('a stay that never began is a violation, unless the watch may have missed something', async () => {
  expect(await wait({ verb: 'toStay', observer: behind(), condition: bound, within: 600 })).toMatchObject({ outcome: 'violated' })
  const observer = behind({ type: 'gap', kind: 'PersistentVolumeClaim', reason: 'It is late.' })
  expect(await wait({ verb: 'toStay', observer, condition: bound, within: 600 })).toMatchObject({
    outcome: 'inconclusive',
    reason: {
      summary:
        'PersistentVolumeClaims: it is unknown whether "PersistentVolumeClaim data Bound" was true at the start: the watch of PersistentVolumeClaim has a gap: It is late.',
    },
  })
})

test('what seems to be reached at once is looked at again once the watch has caught up: it may be the state of before', async () => {
  const before = behind(seen('Lost'))
  before.history.append(seen('Bound'))
  void pause(0.05).then(() => before.history.append(seen('Bound')))
  expect(await wait({ verb: 'toReach', observer: before, condition: bound, within: 600 })).toMatchObject({
    ...{ outcome: 'upheld', heldAtFirst: true, fromSeq: 3, untilSeq: 4 },
  })
})

test('what seemed to be reached at once and never was again is inconclusive: it may have come and gone, or was the state of before', async () => {
  const observer = behind(seen('Lost'))
  observer.history.append(seen('Bound'))
  expect(await wait({ verb: 'until', observer, condition: bound, within: 0.01 })).toMatchObject({
    outcome: 'inconclusive',
    reason: {
      summary:
        'PersistentVolumeClaims had reached "PersistentVolumeClaim data Bound" by what was seen when the wait began, but no longer once the watches had caught up, and not again within 0.01 s.',
    },
  })
})

test('what is still so once the watch has caught up was reached at once', async () => {
  const observer = behind(seen('Bound'))
  observer.history.append(seen('Bound'))
  const judgement = await wait({ verb: 'toReach', observer, condition: bound, within: 0.01 })
  expect(judgement).toMatchObject({ outcome: 'upheld', fromSeq: 2, untilSeq: 3 })
  expect(judgement).not.toHaveProperty('heldAtFirst')
})

test('a limit that was derived for the platform says where it comes from', async () => {
  const within = { seconds: 0.01, from: '3 times 40 s for bind by a probe' }
  expect(await wait({ verb: 'toReach', observer: behind(), condition: bound, within })).toMatchObject({
    within: 0.01,
    withinFrom: '3 times 40 s for bind by a probe',
    reason: {
      summary: 'PersistentVolumeClaims did not reach "PersistentVolumeClaim data Bound" within 0.01 s (3 times 40 s for bind by a probe).',
    },
  })
  expect(await wait({ verb: 'toReach', observer: behind(), condition: bound, within: 0.01 })).not.toHaveProperty('withinFrom')
})
