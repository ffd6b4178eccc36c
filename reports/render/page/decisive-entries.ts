import type { HistoryEntry, Measurement, Observation } from '../../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import { record } from '../timeline/timeline-lanes.ts'
import { type Change, changesIn } from './changes-in.ts'

/** How many entries are shown of a judgement: of a check over a whole history, of a wait, of a precondition. */
const most = { toUphold: 6, premise: 2, toReach: 3, toStay: 3, until: 1 } as const satisfies Record<JudgementRecord['verb'], number>

/** States that nothing is decided by when there is more to show. */
const passing = new Set(['Pending', 'Running', 'Progressing', 'New', 'Resizing'])

/**
 * The entries of a history that a judgement rests on, in order, a few at most: those that its reason names, else what was measured under
 * the names that it was given, what became of the objects that it names, and the answers to the requests that it names. Empty where it
 * rests on something that did not happen.
 */
export function decisiveEntries(judgement: JudgementRecord, history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const { verb, untilSeq, reason } = judgement
  const judged = history.slice(0, untilSeq)
  const named = new Set(reason?.entries)
  if (named.size > 0) return fewest(judgedOrLater(history, named), most[verb])
  const measured = measurementsOf(judgement, judged)
  const changed = measured.length > 0 && judgement.reads === undefined ? [] : changesOf(judgement, judged)
  const found = [...measured, ...changed].toSorted((a, b) => a.seq - b.seq)
  return fewest(found.length > 0 ? found : answersOf(judgement, judged), most[verb])
}

function judgedOrLater(history: readonly HistoryEntry[], named: ReadonlySet<number>): readonly HistoryEntry[] {
  return history.filter(({ seq }) => named.has(seq))
}

/** The first and the last of many: what came about, and what it came to. */
function fewest(entries: readonly HistoryEntry[], count: number): readonly HistoryEntry[] {
  if (entries.length <= count) return entries
  const before = Math.floor(count / 2)
  return [...entries.slice(0, before), ...entries.slice(before - count)]
}

interface Named {
  /** What it is to the check, such as `acknowledged`. */
  readonly role: string
  readonly label: string
  readonly names: readonly string[]
}

/** Measurements that the parameters name: by a label and the object that was measured. */
function measurementsOf({ name: check, params }: JudgementRecord, judged: readonly HistoryEntry[]): readonly Measurement[] {
  const measurements = judged.filter((entry) => entry.type === 'measurement')
  return measuredNames(params).flatMap(({ role, label, names }) => {
    const some = measurements.filter((entry) => entry.label === label && names.includes(entry.subject.name))
    const fitting = [
      some.filter(({ what }) => what.startsWith(role)),
      some.filter(({ what }) => check.startsWith(what)),
      some.filter(({ what }) => !what.startsWith('acknowledged')),
    ].find((found) => found.length > 0)
    return (fitting ?? some).slice(-1)
  })
}

function measuredNames(value: unknown, role = ''): readonly Named[] {
  if (Array.isArray(value)) return value.flatMap((one) => measuredNames(one, role))
  const fields = Object.entries(record(value))
  const { label } = record(value)
  if (typeof label !== 'string') return fields.flatMap(([key, field]) => measuredNames(field, key))
  return [{ role: role === '' ? label : role, label, names: fields.map(([, field]) => field).filter((field) => typeof field === 'string') }]
}

/** Changes of the objects that the parameters name; of all objects of the kinds that it reads where they name none. */
function changesOf({ verb, params, reads, kinds, fromSeq }: JudgementRecord, judged: readonly HistoryEntry[]): readonly Observation[] {
  const read = reads ?? kinds
  if (read?.length === 0) return []
  const changes = changesIn(judged, read === undefined ? undefined : new Set(read))
  const names = textsIn(params)
  const named = changes.filter(({ entry }) => isNamed(entry, names))
  const some = named.length > 0 || read === undefined ? named : names.length > 0 && reads !== undefined ? [] : changes
  if (verb === 'toUphold' || verb === 'premise') {
    const final = some.filter(({ state, entry }) => entry.event !== 'MODIFIED' || !passing.has(state))
    const few = [some, final].find(({ length }) => length <= most[verb])
    return few?.map(({ entry }) => entry) ?? lastOfEach(some)
  }
  const ended = lastOfEach(some)
  const since = verb === 'toStay' ? ended : ended.filter(({ seq, event }) => seq >= fromSeq || event !== 'DELETED')
  return since.slice(-most[verb])
}

function lastOfEach(changes: readonly Change[]): readonly Observation[] {
  const last = new Map(changes.map(({ entry }) => [entry.object.metadata.uid, entry]))
  return [...last.values()].toSorted((a, b) => a.seq - b.seq)
}

function isNamed({ kind, object }: Observation, names: readonly string[]): boolean {
  const spec = record(object['spec'])
  const about = [
    object.metadata.name,
    record(object['involvedObject'])['name'],
    record(object['regarding'])['name'],
    kind === 'PersistentVolume' ? record(spec['claimRef'])['name'] : undefined,
    kind === 'VolumeAttachment' ? spec['nodeName'] : undefined,
    kind === 'VolumeSnapshotContent' ? record(spec['volumeSnapshotRef'])['name'] : undefined,
    ...(object.metadata.ownerReferences ?? []).map(({ name }) => name),
  ]
  return about.some((name) => typeof name === 'string' && names.some((given) => name === given || name.startsWith(`${given}-`)))
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return (Array.isArray(value) ? value : Object.values(record(value))).flatMap(textsIn)
}

/** Answers to requests about the objects that the parameters name. */
function answersOf({ params }: JudgementRecord, judged: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const names = textsIn(params)
  const verb = record(params)['verb']
  return judged.filter(
    (entry) =>
      entry.type === 'act' &&
      entry.phase !== 'requested' &&
      names.includes(entry.subject.name) &&
      (typeof verb !== 'string' || entry.verb === verb),
  )
}
