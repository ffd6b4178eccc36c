import { expect, test } from 'vitest'
import { podReady } from '../../conditions.ts'
import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import { type History, openHistory } from '../../../engine/history/history.ts'
import { rejudge } from '../../../rejudge.ts'
import type { Watch } from '../../../engine/history/watch-list.ts'
import { wait } from '../../../engine/judge/wait.ts'

const metadata = { name: 'web-0', namespace: 'hf-1', uid: 'p', resourceVersion: '3' }
const waiting = (reason: string, message = 'Back-off pulling image') => ({
  metadata,
  status: { phase: 'Pending', containerStatuses: [{ image: 'registry.example/app:2', state: { waiting: { reason, message } } }] },
})
const ready = { metadata, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }

/** A wait for a Pod over a history that the test writes itself; `late` is what the watch delivers when it catches up. */
function waitForPod(verb: 'toReach' | 'until', late: (history: History) => void = () => undefined) {
  const history = openHistory()
  const watch: Watch = {
    kind: 'Pod',
    down: () => undefined,
    catchUp: async () => late(history),
    [Symbol.asyncDispose]: async () => undefined,
  }
  history.watches.add({ watch, key: 'pods', fromTheBeginning: true })
  const observer = { kinds: ['Pod'], history, subject: 'Pods of hf-1', watches: [watch], signal: new AbortController().signal }
  const judgement = wait({ verb, observer, condition: podReady({ pod: 'web-0' }), within: 600 })
  return { history, judgement }
}

function seen(history: History, object: ObservedObject): void {
  history.append({ type: 'observation', event: 'MODIFIED', kind: 'Pod', object })
}

test.each(['toReach', 'until'] as const)(
  'an image that cannot be pulled ends %s at once, Inconclusive, and says what to do',
  async (verb) => {
    const { history, judgement } = waitForPod(verb)
    seen(history, waiting('ErrImagePull'))
    seen(history, waiting('ImagePullBackOff'))
    const record = await judgement
    expect(record.outcome).toBe('inconclusive')
    expect(record.reason?.summary).toBe(
      'Pods of hf-1 cannot reach "Pod web-0 Running and Ready": Pod web-0 cannot start without image registry.example/app:2: ' +
        'kubelet says ImagePullBackOff: Back-off pulling image. Load the image into the nodes, or push it to a registry that they can reach.',
    )
    expect(rejudge(history.entries, [record])).toMatchObject([{ outcome: 'inconclusive' }])
  },
)

test.each(['InvalidImageName', 'ErrImageNeverPull'])('%s ends a wait too', async (reason) => {
  const { history, judgement } = waitForPod('toReach')
  seen(history, waiting(reason))
  expect(await judgement).toMatchObject({ outcome: 'inconclusive' })
})

test('ErrImagePull alone is tried again by kubelet', async () => {
  const { history, judgement } = waitForPod('toReach')
  seen(history, waiting('ErrImagePull'))
  seen(history, ready)
  expect(await judgement).toMatchObject({ outcome: 'upheld' })
})

test('a Pod that turns out to be on its way out does not end the wait for the next one', async () => {
  const { history, judgement } = waitForPod('toReach', (late) => {
    seen(late, { ...waiting('ErrImageNeverPull'), metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })
    late.append({ type: 'observation', event: 'DELETED', kind: 'Pod', object: waiting('ErrImageNeverPull') })
    setImmediate(() => seen(late, { ...ready, metadata: { ...metadata, uid: 'next' } }))
  })
  seen(history, waiting('ErrImageNeverPull'))
  expect(await judgement).toMatchObject({ outcome: 'upheld' })
})
