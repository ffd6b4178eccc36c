import type { HistoryEntry, Measurement, ObjectRef } from './history/history-entry.ts'

/** Keeps a value read outside the watch, for example a size seen in a Pod. */
export type Measure = (what: string, label: string, of: { readonly subject: ObjectRef; readonly value: unknown }) => Measurement

/** Names one measurement in a Pod. */
export interface MeasurementName {
  readonly pod: string
  readonly label: string
}

/** A measurement in a Pod, as messages name it. */
export function describeMeasurement({ pod, label }: MeasurementName): string {
  return `Pod ${pod} (${label})`
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
