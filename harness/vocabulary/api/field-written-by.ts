import type { Judgement } from '../../engine/judge/check.ts'
import type { NamespaceActs } from '../../engine/fixtures/namespace.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { named, type Reference } from '../../engine/kubernetes/reference.ts'
import { type Measure, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/** Names what was read of who wrote an object. */
export interface WritersRead {
  readonly kind: string
  readonly name: string
  readonly label: string
}

/** A program that writes to the API, under the name it gives itself, and the fields of an object that it wrote. */
interface Writer {
  readonly manager?: unknown
  readonly fieldsV1?: unknown
}

/**
 * Keeps, in the history, which program wrote which fields of an object. See
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers
 */
export async function measureWriters(
  label: string,
  { namespace, measure }: { readonly namespace: Pick<NamespaceActs, 'read'>; readonly measure: Measure },
  reference: Reference,
): Promise<WritersRead> {
  const { kind, name } = named(reference)
  const value = field(await namespace.read(reference), 'metadata', 'managedFields') ?? null
  measure('writers', label, { subject: { kind, name }, value })
  return { kind, name, label }
}

/** Who wrote an object, a field of it by path, and the program that is to have written it. */
export interface FieldWrittenBy {
  readonly writers: WritersRead
  readonly path: readonly string[]
  readonly manager: string
}

/** One program wrote a field of an object, and no other did. */
export const fieldWrittenBy = defineCheck<FieldWrittenBy>({
  name: 'field-written-by',
  reads: [],
  describe: ({ writers: { kind, name }, path, manager }) => `${manager} alone wrote ${path.join('.')} of ${kind} ${name}`,
  judge,
})

function judge({ writers, path, manager }: FieldWrittenBy, history: readonly HistoryEntry[]): Judgement {
  const read = measurementOf(history, { what: 'writers', label: writers.label, subject: writers.name })
  if (read === undefined) return inconclusive(`Who wrote ${writers.kind} ${writers.name} was never read.`)
  const all = Array.isArray(read.value) ? (read.value as readonly Writer[]) : []
  const fields = path.map((name) => `f:${name}`)
  const found = all.filter(({ fieldsV1 }) => field(fieldsV1, ...fields) !== undefined).map((writer) => String(writer.manager))
  if (found.length > 0 && found.every((name) => name === manager)) return { outcome: 'upheld', evaluated: all.length }
  return violated(`Field ${path.join('.')} of ${writers.kind} ${writers.name} was written by ${found.join(' and ') || 'nobody'}.`, {
    expected: manager,
    actual: all.map((writer) => String(writer.manager)).join(', ') || 'no program is named',
    entries: [read],
  })
}
