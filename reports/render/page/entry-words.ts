import { hash } from 'node:crypto'
import type { HistoryEntry, Measurement, Observation } from '../../../harness/engine/history/history-entry.ts'
import { clip } from '../timeline/timeline-drawing.ts'
import { shortKind } from '../timeline/timeline-flags.ts'
import { record, stateOf } from '../timeline/timeline-lanes.ts'

const longest = 72

/** Longest name of an object: what is cut off are the digits of generated ones. */
const longestName = 32

/** How many digits of a digest, a UID or the name of a volume are shown. */
const digits = 12

/** How an entry is told. */
export interface WordsOptions {
  /** Leads to the field of the object that matters. */
  readonly path?: readonly string[]
  /** Whether what tells an object from another of its name matters. */
  readonly isIdentified?: boolean
}

/** What an entry says, in a phrase with its values. */
export function entryWords(entry: HistoryEntry, options: WordsOptions = {}): string {
  switch (entry.type) {
    case 'observation':
      return observationWords(entry, options)
    case 'measurement':
      return `${entry.what} of ${entry.subject.name} (${entry.label}): ${valueWords(entry)}`
    case 'act': {
      const { verb, subject, phase, answer } = entry
      const answered = answer === undefined ? '' : ` ${answer.code} ${clip(answer.message, longest)}`
      return `${verb} ${shortKind(subject.kind)} ${subject.name} ${phase}${answered}`
    }
    case 'gap':
      return `watch of ${entry.kind} may have missed events: ${entry.reason}`
    case 'mark':
      return `mark ${entry.name}`
  }
}

const happened = { EXISTING: ' there before', ADDED: ' created', MODIFIED: '', DELETED: ' deleted' } as const

function observationWords({ kind, event, object }: Observation, { path = [], isIdentified = true }: WordsOptions): string {
  const { name, resourceVersion } = object.metadata
  const { text } = stateOf(kind, object)
  const state = event === 'DELETED' || text === 'Present' ? '' : ` ${text}`
  const field = path.length === 0 ? undefined : path.reduce<unknown>((value, key) => record(value)[key], object)
  const values = [
    ...(field === undefined ? identityOf(kind, object, isIdentified) : [`${path.join('.')} ${clip(JSON.stringify(field), longest)}`]),
    `rv ${resourceVersion}`,
  ]
  return `${shortKind(kind)} ${clip(name, longestName)}${happened[event]}${state}, ${values.join(', ')}`
}

/** What tells one object from another of its name, and says what it holds. */
function identityOf(kind: string, object: Observation['object'], isIdentified: boolean): readonly string[] {
  const [spec, status] = [record(object['spec']), record(object['status'])]
  if (kind === 'Pod') {
    const restarts = list(status['containerStatuses']).reduce<number>((sum, one) => sum + Number(record(one)['restartCount'] ?? 0), 0)
    return [...(isIdentified ? [`uid ${object.metadata.uid.slice(0, digits)}`] : []), ...(restarts === 0 ? [] : [`${restarts} restarts`])]
  }
  if (kind === 'PersistentVolumeClaim' && isIdentified) return texts(spec['volumeName'])
  if (kind === 'VolumeAttachment') return texts(spec['nodeName'])
  if (kind === 'VolumeSnapshot') return texts(status['restoreSize']).map((size) => `restoreSize ${size}`)
  if (kind === 'Event') return [clip(`${String(object['reason'])}: ${String(object['message'])}`, longest)]
  return []
}

function valueWords({ what, value }: Measurement): string {
  if (what === 'tree') return treeWords(value)
  if (what === 'log') {
    const records = list(record(value)['records'])
    return `${records.length} records, ${records.filter((one) => record(one)['intact'] === true).length} intact`
  }
  if (Array.isArray(value) && JSON.stringify(value).length > longest) return `${value.length} items, SHA-256 ${digestOf(value)}`
  const text = JSON.stringify(value)
  return text.length <= longest ? text : `${clip(text, longest / 2)} SHA-256 ${digestOf(value)}`
}

function treeWords(tree: unknown): string {
  const entries = list(record(tree)['entries'])
  const bytes = entries.reduce<number>((sum, entry) => sum + Number(record(entry)['size'] ?? 0), 0)
  return `${entries.length} entries, ${bytes.toLocaleString('en')} bytes, SHA-256 ${digestOf(entries)}`
}

/** The digest of a value as a line of compact JSON, which is what `jq -c` prints. */
function digestOf(value: unknown): string {
  return hash('sha256', `${JSON.stringify(value)}\n`).slice(0, digits)
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function texts(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value.length > 2 * digits ? `${value.slice(0, 2 * digits)}…` : value] : []
}
