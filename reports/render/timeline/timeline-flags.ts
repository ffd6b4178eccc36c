import type { Act, HistoryEntry, Measurement, ObjectRef } from '../../../harness/engine/history/history-entry.ts'
import { binarySize } from '../binary-size.ts'
import { chapterMeasurement, chaptersOf } from '../../model/story.ts'
import { secondsSince } from '../../model/seconds.ts'
import { record } from './timeline-lanes.ts'

/** A labelled moment: an act, a mark or a measurement. `at` is in seconds since the first entry. */
export interface Flag {
  readonly at: number
  readonly label: string
  readonly tone: 'act' | 'rejected' | 'unknown' | 'mark' | 'measurement' | 'chapter'
  /** Position in the history. */
  readonly seq: number
}

/** Acts and marks of a history. An act is placed where it was requested and shows how it was answered. */
export function actFlags(history: readonly HistoryEntry[]): Flag[] {
  const flags = history.flatMap((entry): Flag[] => {
    const at = secondsSince(history, entry.at)
    const { seq } = entry
    if (entry.type === 'mark') return [{ at, seq, label: entry.name, tone: 'mark' }]
    if (entry.type !== 'act' || entry.phase !== 'requested') return []
    const label = `${entry.verb} ${nameOf(entry.subject)}${detailOf(entry)}${entry.as === undefined ? '' : ` as ${entry.as}`}`
    const answer = history.find((other) => other.type === 'act' && other.actId === entry.actId && other.phase !== 'requested')
    if (answer?.type !== 'act') return [{ at, seq, label: `${label}: no answer`, tone: 'unknown' }]
    if (answer.phase === 'accepted') return [{ at, seq, label, tone: 'act' }]
    const code = answer.answer === undefined ? '' : ` ${answer.answer.code}`
    return [{ at, seq, label: `${label}: ${answer.phase}${code}`, tone: answer.phase === 'rejected' ? 'rejected' : 'unknown' }]
  })
  return merged(flags)
}

/** Measurements of a history, with their value where it is short; the chapters of its story are none. */
export function measurementFlags(history: readonly HistoryEntry[]): Flag[] {
  const flags = history.flatMap((entry): Flag[] =>
    entry.type === 'measurement' && entry.what !== chapterMeasurement
      ? [{ at: secondsSince(history, entry.at), seq: entry.seq, label: measurementLabel(entry), tone: 'measurement' }]
      : [],
  )
  return merged(flags)
}

/** The chapters of a history by number and heading, each at its moment. */
export function chapterFlags(history: readonly HistoryEntry[]): Flag[] {
  return chaptersOf(history).map(({ heading, secondsSinceStart, entry }, index) => ({
    at: secondsSinceStart,
    seq: entry,
    label: `${index + 1} ${heading}`,
    tone: 'chapter',
  }))
}

/** Rows for labels so that none overlaps: each flag goes to the first row that is free at its x. All in pixels. */
export function packRows(spans: readonly { readonly from: number; readonly to: number }[], space: number): number[] {
  const ends: number[] = []
  return spans.map(({ from, to }) => {
    const free = ends.findIndex((end) => end + space <= from)
    const row = free === -1 ? ends.length : free
    ends[row] = to
    return row
  })
}

function merged(flags: readonly Flag[]): Flag[] {
  const groups: { flag: Flag; count: number }[] = []
  for (const flag of flags.toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1)
    if (last !== undefined && last.flag.label === flag.label && flag.at - last.flag.at < 2) last.count += 1
    else groups.push({ flag, count: 1 })
  }
  return groups.map(({ flag, count }) => (count === 1 ? flag : { ...flag, label: `${flag.label} ×${count}` }))
}

/** What an act asks for, where it fits on a flag: the new size or number of replicas, or the program that is run. */
function detailOf({ verb, request }: Act): string {
  const sent = record(request)
  if (Array.isArray(sent['command'])) {
    const command = sent['command'].map(String)
    const program = command.findIndex((word) => word.endsWith('.mjs'))
    return `: ${(command[program + 1] ?? '').split('/').at(-1)}`
  }
  if (verb === 'apply') return ''
  const spec = record(sent['spec'])
  const wanted = spec['replicas'] ?? record(record(spec['resources'])['requests'])['storage']
  return typeof wanted === 'number' || typeof wanted === 'string' ? ` to ${wanted}` : ''
}

function nameOf({ kind, name }: ObjectRef): string {
  return `${shortKind(kind)} ${name}`
}

/** The short name kubectl knows a kind by, where the whole one is long. */
export function shortKind(kind: string): string {
  return { PersistentVolumeClaim: 'PVC', PersistentVolume: 'PV' }[kind] ?? kind
}

function measurementLabel({ what, label, subject, value }: Measurement): string {
  const short = typeof value === 'number' ? ` = ${/size|bytes|capacity/i.test(what) ? binarySize(value) : value}` : shortText(value)
  return `${what} ${label} of ${subject.name}${short}`
}

function shortText(value: unknown): string {
  return typeof value === 'string' && value.length > 0 && value.length <= 24 ? ` = ${value}` : ''
}
