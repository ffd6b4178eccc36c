import { expect, test } from 'vitest'
import { attachmentSeen, historyOf, podStatus, pvcSeen, seen } from '../../engine/history/literal.ts'
import { podReady } from '../conditions.ts'

const condition = podReady({ pod: 'reader' })
const spec = { nodeName: 'other', volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }
const pending = seen('Pod', 'reader', { uid: 'r', spec, status: podStatus.pending })
const warning = (uid: string) =>
  seen('Event', `reader.${uid}`, {
    involvedObject: { kind: 'Pod', name: 'reader', uid },
    type: 'Warning',
    reason: 'FailedMount',
    message: 'MountVolume.MountDevice failed for volume "pv" : rpc error: mount(2) system call failed: Structure needs cleaning.',
  })

test('a Pod that waits for an attachment says why it was refused', () => {
  const refused = attachmentSeen('b', { node: 'other', attached: false, error: 'Volume v is attached to node one.' })
  const elsewhere = attachmentSeen('a', { node: 'one' })
  expect(condition.seen?.(historyOf(pvcSeen('data'), elsewhere, pending, refused))).toBe(
    'reader Pending, not Ready, attachment to other refused: Volume v is attached to node one',
  )
})

test('a Pod that does not come up says its last warning, and not that of an earlier Pod of its name', () => {
  expect(condition.seen?.(historyOf(pending, warning('r')))).toBe('reader Pending, not Ready, FailedMount: Structure needs cleaning.')
  expect(condition.seen?.(historyOf(pending, warning('earlier')))).toBe('reader Pending, not Ready')
})

test('a Pod that is Ready has nothing to complain of', () => {
  expect(condition.seen?.(historyOf(seen('Pod', 'reader', { uid: 'r', spec, status: podStatus.ready }), warning('r')))).toBe(
    'reader Running and Ready',
  )
})
