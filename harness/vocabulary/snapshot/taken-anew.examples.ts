import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './taken-anew.ts'
import { gap, historyOf, type LiteralEntry, seen } from '../../engine/history/literal.ts'

const name = { volumeSnapshot: 'moment' }
const params = { ...name, calls: { pvc: 'source', label: 'at the end' } }

const kill = (phase: 'requested' | 'accepted'): LiteralEntry => ({
  type: 'act',
  actId: 'a-1',
  verb: 'kill',
  subject: { kind: 'Node', name: 'control-plane' },
  phase,
})
const killed = [kill('requested'), kill('accepted')] as const

const spec = { volumeSnapshotRef: { name: 'moment' } }
const annotations = { 'snapshot.storage.kubernetes.io/volumesnapshot-being-created': 'yes' }
const made = seen('VolumeSnapshotContent', 'content', { event: 'ADDED', spec })
const begun = seen('VolumeSnapshotContent', 'content', { spec, annotations })
const taken = seen('VolumeSnapshotContent', 'content', { spec, status: { snapshotHandle: 'snap-1' } })

export const underWayWhenKilled = {
  upholds: [{ title: 'begun before, taken after', params: name, history: historyOf(made, begun, ...killed, taken) }],
  rejects: [
    { title: 'not begun', params: name, history: historyOf(made, ...killed, begun, taken) },
    { title: 'taken before', params: name, history: historyOf(made, begun, taken, ...killed) },
    { title: 'taken while it was killed', params: name, history: historyOf(made, begun, kill('requested'), taken, kill('accepted')) },
  ],
  gaps: [
    { title: 'nothing was killed', params: name, history: historyOf(made, begun, taken) },
    { title: 'the end may have been missed', params: name, history: historyOf(made, begun, gap('VolumeSnapshotContent'), ...killed) },
  ],
} satisfies Examples<typeof checks.underWayWhenKilled>

const ready = seen('VolumeSnapshot', 'moment', { status: { readyToUse: true } })
const pause: LiteralEntry = { type: 'mark', name: 'later' }

/** Calls by their time, in milliseconds since the first entry: entries are a tenth of a second apart. */
function called(...calls: readonly (readonly [number, string])[]): LiteralEntry {
  return {
    type: 'measurement',
    what: 'driver-calls',
    label: 'at the end',
    subject: { kind: 'PersistentVolumeClaim', name: 'source' },
    value: calls.map(([after, code]) => ({
      at: new Date(1_700_000_000_000 + after).toISOString(),
      method: 'CreateSnapshot',
      request: {},
      code,
    })),
  }
}

export const takenAnew = {
  upholds: [
    { title: 'asked for again', params, history: historyOf(...killed, pause, pause, ready, called([250, 'OK'])) },
    { title: 'answered before too', params, history: historyOf(...killed, pause, pause, ready, called([50, 'OK'], [250, 'OK'])) },
  ],
  rejects: [
    { title: 'asked for before alone', params, history: historyOf(...killed, pause, pause, ready, called([50, 'OK'])) },
    { title: 'ready before it was asked for', params, history: historyOf(...killed, ready, pause, pause, called([350, 'OK'])) },
    { title: 'refused', params, history: historyOf(...killed, pause, pause, ready, called([250, 'INTERNAL'])) },
  ],
  gaps: [
    { title: 'nothing was killed', params, history: historyOf(ready, called([250, 'OK'])) },
    { title: 'never ready', params, history: historyOf(...killed, called([250, 'OK'])) },
    { title: 'calls never read', params, history: historyOf(...killed, ready) },
    { title: 'no call in the log', params, history: historyOf(...killed, ready, called()) },
    {
      title: 'an earlier time may have been missed',
      params,
      history: historyOf(...killed, gap('VolumeSnapshot'), ready, called([150, 'OK'])),
    },
  ],
} satisfies Examples<typeof checks.takenAnew>
