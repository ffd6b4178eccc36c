import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../../harness/engine/history/judgement-record.ts'
import { record } from '../timeline/timeline-lanes.ts'

/**
 * A command of a shell that shows from the whole `history.jsonl` that a judgement is right, with nothing but `sed`, `jq`, `sort` and
 * `sha256sum`. It is to be given in the folder of the evidence. Undefined for a judgement that rests on a few lines.
 */
export function commandOfCheck(judgement: JudgementRecord, entries: readonly HistoryEntry[] = []): string | undefined {
  const { name, params, outcome } = judgement
  const { pod, pvc, statefulSet } = record(params)
  if (outcome !== 'upheld') return undefined
  if (name === 'trees-equal' && entries.length > 0) return digests(entries)
  if (name === 'pods-start-in-ordinal-order' && isName(statefulSet)) return inOrder(statefulSet)
  if (name === 'stays-the-same-pod' && isName(pod))
    return single(`.kind=="Pod" and .object.metadata.name=="${pod}"`, '.object.metadata.uid')
  if (name === 'keeps-its-volume' && isName(pvc))
    return single(
      `.kind=="PersistentVolumeClaim" and .object.metadata.name=="${pvc}" and .object.spec.volumeName`,
      '[.object.metadata.uid,.object.spec.volumeName]',
    )
  return undefined
}

function inOrder(statefulSet: string): string {
  const ready = 'any(.object.status.conditions[]?;.type=="Ready" and .status=="True")'
  const told = '[.object.metadata.resourceVersion,.event,.object.metadata.name,$ready]|@tsv'
  return `jq -r 'select(.kind=="Pod")|select(.object.metadata.name|startswith("${statefulSet}-"))|${ready} as $ready|select(.event=="ADDED" or $ready)|${told}' history.jsonl`
}

function single(which: string, what: string): string {
  return `jq -c 'select(${which})|${what}' history.jsonl | sort -u`
}

function digests(entries: readonly HistoryEntry[]): string {
  const lines = entries.map(({ seq }) => seq + 1).join(' ')
  return `for line in ${lines}; do sed -n \${line}p history.jsonl | jq -c .value.entries | sha256sum; done`
}

/** A command that shows entries by their lines, what identifies each and what it says. Undefined for none. */
export function commandOfEntries(entries: readonly HistoryEntry[]): string | undefined {
  if (entries.length === 0) return undefined
  const lines = [...new Set(entries.map(({ seq }) => seq + 1))].toSorted((a, b) => a - b)
  return `sed -n '${lines.map((line) => `${line}p`).join(';')}' history.jsonl | jq -c '${program(entries)}'`
}

function program(entries: readonly HistoryEntry[]): string {
  if (entries.every(({ type }) => type === 'observation')) return '.object|[.metadata.name,.metadata.resourceVersion,.status.phase]'
  return '[.subject.name//.object.metadata.name,.object.metadata.resourceVersion//.value//.answer//.reason//.name]'
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]+$/.test(value)
}
