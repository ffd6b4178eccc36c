import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import { record } from './timeline-lanes.ts'

/**
 * A command of a shell that shows from `history.jsonl`, with nothing but `sed`, `jq`, `sort` and `sha256sum`, what a judgement rests on. It
 * is to be given in the folder of the evidence. Undefined where the judgement rests on no entry.
 */
export function commandByHand(judgement: JudgementRecord, entries: readonly HistoryEntry[]): string | undefined {
  if (entries.length === 0) return undefined
  return ofCheck(judgement) ?? ofEntries(entries)
}

/** Compares the whole history rather than a few lines of it. */
function ofCheck({ name, params, outcome }: JudgementRecord): string | undefined {
  const { pod, pvc, statefulSet } = record(params)
  if (outcome !== 'upheld') return undefined
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

function ofEntries(entries: readonly HistoryEntry[]): string {
  const lines = entries.map(({ seq }) => seq + 1)
  if (entries.every((entry) => entry.type === 'measurement' && isLong(entry.value))) {
    const what = entries.every((entry) => entry.type === 'measurement' && entry.what === 'tree') ? '.value.entries' : '.value'
    return `for line in ${lines.join(' ')}; do sed -n \${line}p history.jsonl | jq -c ${what} | sha256sum; done`
  }
  return `sed -n '${lines.map((line) => `${line}p`).join(';')}' history.jsonl | jq -c '${program(entries)}'`
}

function program(entries: readonly HistoryEntry[]): string {
  if (entries.every(({ type }) => type === 'observation')) return '.object|[.metadata.name,.metadata.resourceVersion,.status.phase]'
  if (entries.every(({ type }) => type === 'act')) return '[.verb,.subject.name,.answer]'
  return '[.subject.name//.object.metadata.name,.object.metadata.resourceVersion//.value//.answer//.reason//.name]'
}

function isLong(value: unknown): boolean {
  return JSON.stringify(value).length > 200
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]+$/.test(value)
}
