import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'
import { field } from '../../../engine/object.ts'
import type { InlineRead, InlineVolumes } from '../inline-volumes.ts'

/** What was read while a Pod ran, and what once it was deleted. */
export interface InUseAndAfter {
  readonly inUse: InlineRead
  readonly after: InlineRead
}

/**
 * The CSI driver made an inline volume for a Pod, and once the Pod is gone it was asked to take it away and has neither its record nor its
 * image. See https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#csi-ephemeral-volumes
 */
export const inlineVolumeDestroyed = defineCheck<InUseAndAfter>({
  name: 'inline-volume-destroyed',
  reads: [],
  describe: ({ inUse }) => `the CSI driver makes an inline volume for Pod ${inUse.pod} and destroys it with the Pod`,
  judge,
})

function judge({ inUse, after }: InUseAndAfter, history: readonly HistoryEntry[]): Judgement {
  const [first, last] = [inUse, after].map(({ pod, label }) =>
    measurementOf(history, { what: 'driver-inline-volumes', label, subject: pod }),
  )
  if (first === undefined || last === undefined) return inconclusive(`The inline volumes of the CSI driver were not read twice.`)
  const [made, left] = [first, last].map(({ value }) => value as InlineVolumes | null)
  if (!made || !left) return inconclusive('The inline volumes of the CSI driver could not be read.', [first.seq, last.seq])
  if (first.subject.uid !== last.subject.uid)
    return inconclusive(`Pod ${inUse.pod} was another one when the volumes were read again.`, [last.seq])
  const asked = idsAskedTo('NodePublishVolume', made)
  const volume = made.known.find(({ id, volumeId }) => asked.includes(volumeId) && made.images.includes(id))
  if (volume === undefined) {
    return violated(`The CSI driver had no inline volume for Pod ${inUse.pod} while it ran.`, {
      ...{ expected: 'a volume', actual: `asked for: ${asked.join(', ') || 'nothing'}`, entries: [first] },
    })
  }
  const { id, volumeId } = volume
  const kept = [
    ...(left.known.some((one) => one.id === id) ? ['its record'] : []),
    ...(left.images.includes(id) ? ['its image'] : []),
    ...(idsAskedTo('NodeUnpublishVolume', left).includes(volumeId) ? [] : ['the volume, which it was never asked to take away']),
  ]
  if (kept.length === 0) return { outcome: 'upheld', evaluated: 1 }
  return violated(`The CSI driver still has the inline volume ${id} of Pod ${inUse.pod}, which is gone: ${kept.join(' and ')}.`, {
    ...{ expected: 'nothing', actual: kept.join(' and '), entries: [first, last] },
  })
}

/** Ids of the volumes in the calls of a method that succeeded. */
function idsAskedTo(method: string, { calls }: InlineVolumes): readonly unknown[] {
  return calls.filter((call) => call.method === method && call.code === 'OK').map(({ request }) => field(request, 'volume_id'))
}
