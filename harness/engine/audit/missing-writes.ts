import type { Gap, HistoryEntry, Observation } from '../history/history-entry.ts'
import type { JudgementRecord } from '../history/judgement-record.ts'
import { compareResourceVersions, isResourceVersion } from '../watch/resource-version.ts'
import { type AuditEvent, isHistoryWatch, selectorsIn } from './audit-event.ts'
import type { ComparedKind, Disagreement, Sources } from './comparison.ts'
import { loggedName, type LoggedVersion, versionName } from './logged-writes.ts'
import { nameOf } from './version-rules.ts'

/** Seconds that the watches have to catch up before a check judges: what was stored earlier is in the history by then. */
const caughtUpWithin = 5

/**
 * Versions that the log says were stored, and that a watch of the history must have brought, but that the history does not have. Of an
 * object that was seen, those between two others that were seen; of any object, those that were stored before a check judged what a watch
 * without selectors brought. What a gap of the history may hide is not missing.
 */
export function missingWrites(sources: Sources): readonly Disagreement[] {
  const { history, objects, kinds, namespace } = sources
  const gaps = new Set(history.filter((entry): entry is Gap => entry.type === 'gap').map(({ kind }) => kind))
  const seen = new Set(sources.observations.map(({ entry }) => versionName(entry.object.metadata)))
  const byObject = Map.groupBy(sources.observations, (one) => nameOf(one))
  return [...kinds.values()].flatMap((kind) => {
    if (gaps.has(kind.kind)) return []
    const logged = [...objects.values()]
      .flatMap(({ versions }) => [...versions.values()])
      .filter(({ resource, group }) => isOf(kind, { resource, group }))
    const missing = logged.filter((version) => !seen.has(versionName(version)) && isResourceVersion(version.resourceVersion))
    const judgedAt = lastJudgement(sources, kind.kind)
    return missing.flatMap((version) => {
      const observations = (byObject.get(loggedName(version)) ?? []).map(({ entry }) => entry)
      if (!isBetween(version, observations) && !isOverdue(version, { sources, judgedAt, observations })) return []
      const { first, name, resourceVersion } = version
      const summary =
        `The audit log of ${namespace} says that ${who(first)} changed ${kind.kind} ${name} to resourceVersion ${resourceVersion} ` +
        `(${first.verb}, ${first.requestReceivedTimestamp}), but the history, which watched it, does not have that.`
      return [{ rule: 'missing write', kind: kind.kind, entries: neighbours(version, observations), summary } as const]
    })
  })
}

function isOf(kind: ComparedKind, { resource, group }: Pick<ComparedKind, 'resource' | 'group'>): boolean {
  return kind.resource === resource && kind.group === group
}

function who({ user, impersonatedUser }: AuditEvent): string {
  return impersonatedUser?.username ?? user.username
}

/** Whether the object was seen before and after the version, and did not leave what was watched in between. */
function isBetween(version: LoggedVersion, observations: readonly Observation[]): boolean {
  const own = ofSameUid(version, observations)
  const older = own.filter(({ object }) => compareResourceVersions(object.metadata.resourceVersion, version.resourceVersion) < 0)
  const newest = older.toSorted((one, other) => compareResourceVersions(versionIn(one), versionIn(other))).at(-1)
  return older.length > 0 && older.length < own.length && newest?.event !== 'DELETED'
}

function versionIn({ object }: Observation): string {
  return object.metadata.resourceVersion
}

function ofSameUid({ uid }: LoggedVersion, observations: readonly Observation[]): readonly Observation[] {
  return observations.filter((one) => one.object.metadata.uid === uid && isResourceVersion(versionIn(one)))
}

interface Overdue {
  readonly sources: Sources
  /** When a check last judged the kind, by the clock of this machine, in milliseconds. */
  readonly judgedAt: number | undefined
  readonly observations: readonly Observation[]
}

/** Whether a check that reads the kind judged it long after the version was stored, and a watch of all objects there was open before. */
function isOverdue(version: LoggedVersion, { sources: { events, offset }, judgedAt, observations }: Overdue): boolean {
  if (offset === undefined || judgedAt === undefined || version.namespace === undefined) return false
  const storedBy = Date.parse(version.storedBy) + Math.max(offset.low, offset.high)
  if (storedBy > judgedAt - caughtUpWithin * 1000) return false
  // An object that left what was watched with a selector was not looked at from then on.
  if (ofSameUid(version, observations).at(-1)?.event === 'DELETED') return false
  return events.some((event) => isWatchOf(version, event))
}

/** A watch of the history on all objects of the resource in the namespace of a version, from before it. */
function isWatchOf({ resource, namespace, resourceVersion }: LoggedVersion, event: AuditEvent): boolean {
  const { requestURI = '' } = event
  if (!isHistoryWatch(event, { resource, namespace }) || selectorsIn(requestURI) !== '') return false
  const from = new URL(requestURI, 'http://localhost').searchParams.get('resourceVersion') ?? ''
  return isResourceVersion(from) && compareResourceVersions(from, resourceVersion) < 0
}

/** When a check last judged a kind: not before the last entry that it read, so that is the moment by which the others are measured. */
function lastJudgement({ history, judgements }: Sources, kind: string): number | undefined {
  const times = judgements.filter((judgement) => isCheckOf(judgement, kind)).map(({ untilSeq }) => timeOf(history[untilSeq - 1]))
  return times.length === 0 ? undefined : Math.max(...times)
}

/** Only checks catch up with the API server before they judge. */
function isCheckOf({ verb, reads = [] }: JudgementRecord, kind: string): boolean {
  return (verb === 'toUphold' || verb === 'premise') && reads.includes(kind)
}

function timeOf(entry: HistoryEntry | undefined): number {
  return entry === undefined ? 0 : Date.parse(entry.at)
}

/** The entries around the place where a version should be. */
function neighbours(version: LoggedVersion, observations: readonly Observation[]): readonly number[] {
  const own = ofSameUid(version, observations)
  const isOlder = (one: Observation) => compareResourceVersions(versionIn(one), version.resourceVersion) < 0
  const before = own.findLast(isOlder)
  const after = own.find((one) => !isOlder(one))
  return [before, after].flatMap((one) => (one === undefined ? [] : [one.seq]))
}
