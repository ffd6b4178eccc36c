import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName, DriverCall } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'

/** The CSI driver is asked to detach a volume from its first node only once it has unmounted the volume there. */
export const unstagedFirst = defineCheck<{ readonly calls: CallsName }>({
  name: 'unstaged-first',
  reads: [],
  describe: ({ calls }) => `the volume of ${calls.pvc} is unmounted on its node before it is detached`,
  judge,
})

function judge({ calls }: { readonly calls: CallsName }, history: readonly HistoryEntry[]): Judgement {
  const read = measurementOf(history, { what: 'driver-calls', label: calls.label, subject: calls.pvc })
  if (read === undefined) return inconclusive(`The calls of the CSI driver for ${calls.pvc} were never read.`)
  const made = read.value as readonly DriverCall[]
  const detached = made.find(({ method }) => method === 'ControllerUnpublishVolume')
  const unmounted = made.find(({ method, code }) => method === 'NodeUnstageVolume' && code === 'OK')
  if (detached === undefined) return inconclusive(`The volume of ${calls.pvc} was never detached.`, [read.seq])
  const ended = unmounted && Date.parse(unmounted.at) + (unmounted.durationMs ?? 0)
  if (ended !== undefined && ended <= Date.parse(detached.at)) return { outcome: 'upheld', evaluated: 2 }
  return violated(`The volume of PersistentVolumeClaim ${calls.pvc} was detached at ${detached.at}, while it was mounted.`, {
    expected: 'NodeUnstageVolume done, then ControllerUnpublishVolume',
    actual: ended === undefined ? 'no NodeUnstageVolume' : `NodeUnstageVolume done at ${new Date(ended).toISOString()}`,
    entries: [read],
  })
}
