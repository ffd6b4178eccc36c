import type { GuaranteeRecord } from './run-records.ts'

/** What is read of a Pod that was observed. */
export interface SeenPod {
  readonly metadata: { readonly uid: string }
  readonly spec?: {
    readonly nodeName?: string
    readonly volumes?: readonly { readonly persistentVolumeClaim?: unknown; readonly ephemeral?: unknown }[]
    readonly containers?: readonly { readonly startupProbe?: unknown; readonly readinessProbe?: unknown }[]
  }
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
    readonly containerStatuses?: readonly { readonly state?: { readonly running?: unknown } }[]
  }
}

/** Parts of the start of a Pod, in their order. Each ends with what the API server said of the Pod. */
const ends: Readonly<Record<string, (pod: SeenPod) => boolean>> = {
  '1: created to scheduled': ({ spec }) => spec?.nodeName !== undefined,
  '2: scheduled to its volumes mounted and its sandbox there': (pod) => isTrue(pod, 'PodReadyToStartContainers'),
  '3: sandbox to containers running': ({ status }) => {
    const all = status?.containerStatuses ?? []
    return all.length > 0 && all.every(({ state }) => state?.running !== undefined)
  },
  '4: running to Ready': (pod) => isTrue(pod, 'Ready'),
}

function isTrue({ status }: SeenPod, type: string): boolean {
  return (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True')
}

function sortOf({ spec }: SeenPod): string {
  const hasVolume = (spec?.volumes ?? []).some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim ?? ephemeral)
  const hasProbe = (spec?.containers ?? []).some(({ startupProbe, readinessProbe }) => startupProbe ?? readinessProbe)
  return `${hasVolume ? 'with' : 'without'} a PVC, ${hasProbe ? 'with' : 'without'} a probe`
}

/** Seconds that Pods of a guarantee took for each part of their start; only Pods that were seen until they were Ready count. */
export function podStartsOf({
  entries,
}: GuaranteeRecord): readonly { readonly kind: string; readonly what: string; readonly seconds: number }[] {
  const starts = new Map<string, { readonly sort: string; readonly moments: number[] }>()
  for (const { type, event, kind, object, at } of entries) {
    if (type !== 'observation' || kind !== 'Pod' || object === undefined) continue
    const pod = object as SeenPod
    if (event === 'ADDED') starts.set(pod.metadata.uid, { sort: sortOf(pod), moments: [Date.parse(at)] })
    const moments = starts.get(pod.metadata.uid)?.moments ?? []
    // What was never seen on its own, such as a sandbox of a Pod that was Running at the next event, took no time of its own.
    for (const has of Object.values(ends).slice(Math.max(0, moments.length - 1))) {
      if (moments.length === 0 || !has(pod)) break
      moments.push(Date.parse(at))
    }
  }
  const whole = [...starts.values()].filter(({ moments }) => moments.length === Object.keys(ends).length + 1)
  return whole.flatMap(({ sort, moments }) =>
    Object.keys(ends).map((what, part) => ({ kind: sort, what, seconds: ((moments[part + 1] ?? 0) - (moments[part] ?? 0)) / 1000 })),
  )
}
