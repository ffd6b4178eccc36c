import type { Judgement } from '../check.ts'
import type { Gap, HistoryEntry, Measurement, Observation, ObservedObject } from '../history-entry.ts'

/** Where a name places an object: `copy/web-0` is `web-0` in the namespace besides whose suffix is `copy`, `web-0` is in the guarantee's own. */
export function placeOf(qualified: string): { readonly beside: string | undefined; readonly name: string } {
  const slash = qualified.indexOf('/')
  return slash === -1 ? { beside: undefined, name: qualified } : { beside: qualified.slice(0, slash), name: qualified.slice(slash + 1) }
}

/** Observations of one kind in the guarantee's own namespace or in the one besides it, in the order the API server delivered them. */
export function observationsIn(history: readonly HistoryEntry[], kind: string, beside: string | undefined): readonly Observation[] {
  return history.filter((entry): entry is Observation => entry.type === 'observation' && entry.kind === kind && entry.beside === beside)
}

/** Observations of one kind, and of one object of it when named, in the order the API server delivered them. */
export function observationsOf(history: readonly HistoryEntry[], kind: string, qualified?: string): readonly Observation[] {
  if (qualified === undefined) return observationsIn(history, kind, undefined)
  const { beside, name } = placeOf(qualified)
  return observationsIn(history, kind, beside).filter(({ object }) => object.metadata.name === name)
}

/** The object as it was last seen, or undefined when it was deleted or never there. */
export function latest(history: readonly HistoryEntry[], kind: string, name: string): ObservedObject | undefined {
  const last = observationsOf(history, kind, name).at(-1)
  return last === undefined || last.event === 'DELETED' ? undefined : last.object
}

/** The last measurement of that description. */
export function measurementOf(
  history: readonly HistoryEntry[],
  wanted: { readonly what: string; readonly label: string; readonly subject: string },
): Measurement | undefined {
  return history.findLast(
    (entry): entry is Measurement =>
      entry.type === 'measurement' && entry.what === wanted.what && entry.label === wanted.label && entry.subject.name === wanted.subject,
  )
}

/** Inconclusive when the watch of one of the kinds may have missed something, else undefined. */
export function gapIn(history: readonly HistoryEntry[], kinds: readonly string[]): Judgement | undefined {
  const gap = history.find((entry): entry is Gap => entry.type === 'gap' && kinds.includes(entry.kind))
  if (gap === undefined) return undefined
  return inconclusive(`The watch of ${gap.kind} objects may have missed events: ${gap.reason}`, [gap.seq])
}

/** The system broke the sentence. */
export function violated(
  summary: string,
  { entries, ...reason }: { readonly expected?: string; readonly actual?: string; readonly entries: readonly { readonly seq: number }[] },
): Judgement {
  return { outcome: 'violated', reason: { summary, ...reason, entries: entries.map((entry) => entry.seq) } }
}

/** We could not tell. */
export function inconclusive(summary: string, entries: readonly number[] = []): Judgement {
  return { outcome: 'inconclusive', reason: { summary, entries } }
}

/** A field of an object of unknown shape, by path, or undefined where the path ends early. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[name] : undefined),
    value,
  )
}

/** Phase of an object as its status says it, or undefined when nothing has said one. */
export function phaseOf(object: unknown): string | undefined {
  const phase = field(object, 'status', 'phase')
  return typeof phase === 'string' ? phase : undefined
}

/** Whether no container of a Pod runs any more, nor will. */
export function hasEnded(pod: ObservedObject): boolean {
  return phaseOf(pod) === 'Succeeded' || phaseOf(pod) === 'Failed'
}

/** Name of the PersistentVolume of a PersistentVolumeClaim, as it was last seen, even when the claim is gone by now. */
export function volumeOf(history: readonly HistoryEntry[], pvc: string): string | undefined {
  const named = observationsOf(history, 'PersistentVolumeClaim', pvc).map(({ object }) => field(object, 'spec', 'volumeName'))
  return named.findLast((name): name is string => typeof name === 'string')
}

/** Whether a Pod is Running and its Ready condition True. */
export function isReadyPod(pod: ObservedObject): boolean {
  return field(pod, 'status', 'phase') === 'Running' && hasCondition(pod, 'Ready')
}

/** Whether the object's status has a condition of that type with status True. */
export function hasCondition(object: ObservedObject, type: string): boolean {
  const conditions = field(object, 'status', 'conditions')
  return Array.isArray(conditions) && conditions.some((one) => field(one, 'type') === type && field(one, 'status') === 'True')
}

/** How often the containers of a Pod were restarted, all together. */
export function restartsOf(pod: ObservedObject): number {
  const statuses = field(pod, 'status', 'containerStatuses')
  if (!Array.isArray(statuses)) return 0
  return statuses.reduce<number>((sum, status) => sum + Number(field(status, 'restartCount') ?? 0), 0)
}

/** Ordinal of a Pod in a StatefulSet, or undefined when the name is not one that the StatefulSet gives. */
export function ordinalOf(statefulSet: string, pod: string): number | undefined {
  const rest = pod.startsWith(`${statefulSet}-`) ? pod.slice(statefulSet.length + 1) : ''
  return /^\d+$/u.test(rest) ? Number(rest) : undefined
}
