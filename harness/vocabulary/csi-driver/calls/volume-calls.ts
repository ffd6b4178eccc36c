import type { Judgement } from '../../../engine/judge/check.ts'
import type { CallsName, DriverCall } from './driver-calls-of.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { judgeCalls } from '../kept-calls.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../../pod/readings.ts'
import { pvNameOf } from '../../pvc/readings.ts'

/** Calls of the CSI driver about a volume, and a Pod that mounted it. */
export interface CallsFor {
  readonly calls: CallsName
  readonly pod: string
}

interface SeenCalls {
  readonly calls: readonly DriverCall[]
  readonly read: Measurement
  /** The Pod as it was seen last. */
  readonly pod: Observation
}

/** The driver was told the name, namespace and UID of a Pod when it was to make a volume visible to it. */
export const publishedFor = defineCheck<CallsFor>({
  name: 'published-for',
  reads: ['Pod'],
  describe: ({ calls, pod }) => `the driver is told that Pod ${pod} mounts the volume of ${calls.pvc}`,
  judge: (params, history) =>
    judged(params, history, ({ calls, read, pod }) => {
      const { name, uid } = pod.object.metadata
      const contexts = calls.filter(({ method }) => method === 'NodePublishVolume').map(({ request }) => field(request, 'volume_context'))
      const expected = { 'csi.storage.k8s.io/pod.name': name, 'csi.storage.k8s.io/pod.uid': uid }
      const isPassed = contexts.some((context) => Object.entries(expected).every(([key, value]) => field(context, key) === value))
      if (isPassed) return { outcome: 'upheld', evaluated: contexts.length }
      return violated(`The CSI driver was never told that Pod ${name} mounts the volume of ${params.calls.pvc}.`, {
        expected: JSON.stringify(expected),
        actual: `${contexts.length} calls: ${JSON.stringify(contexts)}`,
        entries: [read, pod],
      })
    }),
})

/** Where the kubelet keeps what is of its Pods. */
const podsDirectory = '/var/lib/kubelet/pods'

/** The kubelet asks for the volume of a Pod below its own directory for that Pod, and nowhere else. */
export const publishedBelowPod = defineCheck<CallsFor>({
  name: 'published-below-pod',
  reads: ['Pod', 'PersistentVolumeClaim'],
  describe: ({ calls, pod }) => `the volume of ${calls.pvc} is published below the directory of Pod ${pod}`,
  judge: (params, history) =>
    judged(params, history, ({ calls, read, pod }) => {
      const volume = pvNameOf(history, params.calls.pvc)
      if (volume === undefined) return inconclusive(`PersistentVolumeClaim ${params.calls.pvc} was never seen with a volume.`)
      const { name, uid } = pod.object.metadata
      const expected = `${podsDirectory}/${uid}/volumes/kubernetes.io~csi/${volume}/mount`
      const published = calls.filter(({ method }) => method === 'NodePublishVolume').map(({ request }) => field(request, 'target_path'))
      if (published.length > 0 && published.every((path) => path === expected)) return { outcome: 'upheld', evaluated: published.length }
      return violated(`The volume of ${params.calls.pvc} was published elsewhere than in the directory of Pod ${name}.`, {
        expected,
        actual: published.join(', ') || 'never published',
        entries: [read, pod],
      })
    }),
})

/** The driver is asked to take a volume from a Pod only once its containers have ended. */
export const unpublishedLast = defineCheck<CallsFor>({
  name: 'unpublished-last',
  reads: ['Pod'],
  describe: ({ calls, pod }) => `the volume of ${calls.pvc} is taken from Pod ${pod} after its containers have ended`,
  judge: (params, history) =>
    judged(params, history, ({ calls, read, pod }) => {
      const ended = endOf(pod)
      const unpublished = calls.filter(
        ({ method, request }) =>
          method === 'NodeUnpublishVolume' && String(field(request, 'target_path')).includes(pod.object.metadata.uid),
      )
      if (ended === undefined) return inconclusive(`The end of the containers of Pod ${params.pod} was never seen.`, [pod.seq])
      const early = unpublished.find(({ at }) => Date.parse(at) < Date.parse(ended))
      if (early === undefined) return { outcome: 'upheld', evaluated: unpublished.length }
      return violated(`The volume of ${params.calls.pvc} was taken from Pod ${params.pod} at ${early.at}, before its containers ended.`, {
        expected: `not before ${ended}`,
        actual: early.at,
        entries: [read, pod],
      })
    }),
})

function judged({ calls: name, pod }: CallsFor, history: readonly HistoryEntry[], judge: (found: SeenCalls) => Judgement): Judgement {
  const seen = observationsOf(history, 'Pod', pod)
  const last = seen.at(-1)
  return judgeCalls(name, history, (calls, read) => {
    if (last === undefined || !seen.some(({ object }) => isReadyPod(object))) return inconclusive(`Pod ${pod} was never seen Ready.`)
    return judge({ calls, read, pod: last })
  })
}

/** When the last container of a Pod ended, to the second. */
function endOf({ object }: Observation): string | undefined {
  const statuses = field(object, 'status', 'containerStatuses')
  const ends = (Array.isArray(statuses) ? statuses : []).map((status) => field(status, 'state', 'terminated', 'finishedAt'))
  return ends
    .filter((end) => typeof end === 'string')
    .toSorted((one, other) => one.localeCompare(other))
    .at(-1)
}
