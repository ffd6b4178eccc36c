import type { HistoryEntry, ObservedObject } from '../../../harness/engine/history/history-entry.ts'
import { secondsSince } from '../../model/seconds.ts'

/** A stretch in which an object stayed in one state. Times are seconds since the first entry. */
export interface Segment {
  readonly from: number
  to: number
  readonly state: string
  /** Text for the bar, for example `Bound 1Gi`. */
  readonly text: string
  readonly uid: string
}

/** One object, by kind and name, over time. */
export interface Lane {
  readonly kind: string
  readonly name: string
  /** What the lane is called where that says more than the name, for example `PV of data-web-0`. */
  alias?: string | undefined
  readonly segments: Segment[]
}

/** A stretch in which the watch of a kind may have missed events. */
export interface GapSpan {
  readonly kind: string
  readonly from: number
  readonly to: number
  readonly reason: string
}

const kindsInOrder = [
  'StatefulSet',
  'Pod',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'VolumeAttachment',
  'VolumeSnapshot',
  'VolumeSnapshotContent',
]
const undrawn = new Set(['Event', 'ControllerRevision', 'Lease', 'Node', 'Namespace'])

/** Length of a history in seconds. */
export function lengthOf(history: readonly HistoryEntry[]): number {
  return history.reduce((longest, { at }) => Math.max(longest, secondsSince(history, at)), 0)
}

/** One lane per object that was observed: StatefulSets, Pods, PVCs, PVs, snapshots, then the rest, each in order of name. */
export function lanesOf(history: readonly HistoryEntry[]): Lane[] {
  const lanes = new Map<string, Lane>()
  const end = lengthOf(history)
  for (const entry of history) {
    if (entry.type !== 'observation' || undrawn.has(entry.kind)) continue
    const { kind, object, event } = entry
    const at = secondsSince(history, entry.at)
    const key = `${kind}/${object.metadata.name}`
    const lane: Lane = lanes.get(key) ?? { kind, name: object.metadata.name, segments: [] }
    lanes.set(key, lane)
    const last = lane.segments.at(-1)
    const open = last !== undefined && last.to === Number.POSITIVE_INFINITY ? last : undefined
    if (event === 'DELETED') {
      if (open === undefined) continue
      open.to = at
      continue
    }
    lane.alias ??= aliasOf(kind, object)
    const { state, text } = stateOf(kind, object)
    if (open !== undefined && open.state === state && open.text === text && open.uid === object.metadata.uid) continue
    if (open !== undefined) open.to = at
    lane.segments.push({ from: at, to: Number.POSITIVE_INFINITY, state, text, uid: object.metadata.uid })
  }
  for (const lane of lanes.values()) for (const segment of lane.segments) segment.to = Math.min(segment.to, end)
  return [...lanes.values()].toSorted(
    (a, b) =>
      rankOf(a.kind) - rankOf(b.kind) || a.kind.localeCompare(b.kind, 'en') || a.name.localeCompare(b.name, 'en', { numeric: true }),
  )
}

/** Each gap from the last observation of its kind before it to the first one after it, or to the ends of the history. */
export function gapsOf(history: readonly HistoryEntry[]): GapSpan[] {
  return history.flatMap((gap, index) => {
    if (gap.type !== 'gap') return []
    const ofKind = (entry: HistoryEntry) => entry.type === 'observation' && entry.kind === gap.kind
    const before = history.slice(0, index).findLast(ofKind)
    const after = history.slice(index + 1).find(ofKind)
    return [
      {
        kind: gap.kind,
        from: before === undefined ? 0 : secondsSince(history, before.at),
        to: after === undefined ? lengthOf(history) : secondsSince(history, after.at),
        reason: gap.reason,
      },
    ]
  })
}

function aliasOf(kind: string, object: ObservedObject): string | undefined {
  const spec = record(object['spec'])
  if (kind === 'PersistentVolume') return prefixed('PV of ', record(spec['claimRef'])['name'])
  if (kind === 'VolumeSnapshotContent') return prefixed('Content of ', record(spec['volumeSnapshotRef'])['name'])
  return undefined
}

function prefixed(prefix: string, name: unknown): string | undefined {
  return typeof name === 'string' ? `${prefix}${name}` : undefined
}

function rankOf(kind: string): number {
  const rank = kindsInOrder.indexOf(kind)
  return rank === -1 ? kindsInOrder.length : rank
}

/** The state of an object and the text for it: what a timeline tells apart. */
export function stateOf(kind: string, object: ObservedObject): { readonly state: string; readonly text: string } {
  const status = record(object['status'])
  const phase = typeof status['phase'] === 'string' ? status['phase'] : 'Present'
  if (object.metadata.deletionTimestamp !== undefined) return same('Terminating')
  switch (kind) {
    case 'Pod':
      return same(phase === 'Running' && holds(status, 'Ready') ? 'Ready' : phase)
    case 'PersistentVolumeClaim':
      return pvcState(status, phase)
    case 'PersistentVolume':
      return { state: phase, text: `${phase} ${textOf(record(record(object['spec'])['capacity'])['storage'])}`.trim() }
    case 'VolumeSnapshot':
    case 'VolumeSnapshotContent':
      return same(status['readyToUse'] === true ? 'ReadyToUse' : status['error'] === undefined ? 'Pending' : 'Failed')
    case 'StatefulSet': {
      const wanted = numberOf(record(object['spec'])['replicas'], 1)
      const ready = numberOf(status['readyReplicas'], 0)
      return {
        state: ready === wanted && numberOf(status['replicas'], 0) === wanted ? 'Ready' : 'Progressing',
        text: `${ready}/${wanted} ready`,
      }
    }
    case 'VolumeAttachment':
      return same(status['attached'] === true ? 'Attached' : 'Pending')
    default:
      return same(phase)
  }
}

function pvcState(status: Readonly<Record<string, unknown>>, phase: string): { readonly state: string; readonly text: string } {
  const capacity = textOf(record(status['capacity'])['storage'])
  if (holds(status, 'FileSystemResizePending')) return { state: 'Resizing', text: `FileSystemResizePending ${capacity}`.trim() }
  if (holds(status, 'Resizing')) return { state: 'Resizing', text: `Resizing ${capacity}`.trim() }
  return { state: phase, text: `${phase} ${capacity}`.trim() }
}

function same(state: string): { readonly state: string; readonly text: string } {
  return { state, text: state }
}

function holds(status: Readonly<Record<string, unknown>>, type: string): boolean {
  const conditions: unknown[] = Array.isArray(status['conditions']) ? status['conditions'] : []
  return conditions.map(record).some((condition) => condition['type'] === type && condition['status'] === 'True')
}

/** A value as an object to look into; empty for anything that is none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
