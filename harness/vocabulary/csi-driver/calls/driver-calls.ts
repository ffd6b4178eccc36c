import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import type { SubjectCollector } from '../../../engine/evidence/collector.ts'
import type { HistoryEntry, ObservedObject } from '../../../engine/history/history-entry.ts'

/** Names under which a namespace's volumes and snapshots appear in the driver's log, read from the history and the objects left. */
export function driverNames(history: readonly HistoryEntry[], objects: readonly ObservedObject[]): ReadonlySet<string> {
  const seen = [...objects, ...history.flatMap((entry) => (entry.type === 'observation' ? [{ ...entry.object, kind: entry.kind }] : []))]
  return new Set(seen.flatMap(namesOf))
}

function namesOf(object: ObservedObject): readonly string[] {
  const { uid } = object.metadata
  switch (object.kind) {
    case 'PersistentVolumeClaim':
      return [`pvc-${uid}`]
    case 'VolumeSnapshot':
      return [`snapshot-${uid}`]
    case 'PersistentVolume':
      return text((object as { spec?: { csi?: { volumeHandle?: unknown } } }).spec?.csi?.volumeHandle)
    case 'VolumeSnapshotContent':
      return text((object as { status?: { snapshotHandle?: unknown } }).status?.snapshotHandle)
    default:
      return []
  }
}

function text(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : []
}

/** A line of a log of the CSI driver, and the process that wrote it: `<node>-<mode>`, as its log is named. */
export interface DriverLine {
  readonly line: string
  readonly process: string
}

/** Lines of all logs of the CSI driver that name any of these, in order of time. */
export function driverCalls(from: string, names: ReadonlySet<string>): readonly DriverLine[] {
  return globSync('*.jsonl', { cwd: from })
    .flatMap((file) => {
      const process = basename(file, '.jsonl')
      return readFileSync(join(from, file), 'utf8')
        .split('\n')
        .map((line) => ({ line, process }))
    })
    .filter(({ line }) => [...names].some((name) => line.includes(name)))
    .sort(byTime)
}

/** Collects the calls of the CSI driver about what a guarantee made, where the cluster keeps them. */
export function driverCallCollectors({ callLogDirectory }: Pick<ClusterRecord, 'callLogDirectory'>): readonly SubjectCollector[] {
  if (callLogDirectory === null) return []
  const collect: SubjectCollector['collect'] = ({ history, objects, write }) => {
    if (!existsSync(callLogDirectory)) return
    const calls = driverCalls(callLogDirectory, driverNames(history, objects))
    write('driver-calls.jsonl', calls.map(({ line }) => `${line}\n`).join(''))
  }
  return [{ what: 'Calls of the CSI driver', collect }]
}

function byTime(one: DriverLine, other: DriverLine): number {
  return timeOf(one.line).localeCompare(timeOf(other.line))
}

function timeOf(line: string): string {
  return /"at":"([^"]+)"/.exec(line)?.[1] ?? ''
}
