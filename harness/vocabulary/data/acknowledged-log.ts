/** One record as read back from the log. */
export interface FoundRecord {
  readonly seq: number
  /** Whether the checksum of the record fits its content. */
  readonly intact: boolean
}

/** The log as read back from a volume. */
export interface FoundLog {
  readonly records: readonly FoundRecord[]
}

/** How a log read back from a volume differs from what was acknowledged. */
export interface LogDifference {
  /** Acknowledged, and not there any more. */
  readonly lost: readonly number[]
  /** There, and not acknowledged before the moment that the log is compared with. */
  readonly resurrected: readonly number[]
  /** There, with content that does not fit its checksum. */
  readonly corrupted: readonly number[]
  /** There more than once. */
  readonly repeated: readonly number[]
}

/** Compares the records that a writer saw acknowledged with those found later. Both lost and resurrected records are differences. */
export function compareLogs(acknowledged: readonly number[], found: FoundLog): LogDifference {
  const wanted = new Set(acknowledged)
  const seen = new Set(found.records.map((record) => record.seq))
  return {
    lost: acknowledged.filter((seq) => !seen.has(seq)),
    resurrected: [...seen].filter((seq) => !wanted.has(seq)),
    corrupted: found.records.filter((record) => !record.intact).map((record) => record.seq),
    repeated: [...seen].filter((seq) => found.records.filter((record) => record.seq === seq).length > 1),
  }
}

/** The differences in words, or undefined when there are none. */
export function describeLogDifference(difference: LogDifference): string | undefined {
  const parts = [
    part(difference.lost, 'lost'),
    part(difference.resurrected, 'there though never acknowledged by then'),
    part(difference.corrupted, 'with a wrong checksum'),
    part(difference.repeated, 'there more than once'),
  ].filter((words) => words !== undefined)
  return parts.length === 0 ? undefined : parts.join('; ')
}

function part(seqs: readonly number[], what: string): string | undefined {
  if (seqs.length === 0) return undefined
  const named = seqs.slice(0, 3).join(', ')
  return `${seqs.length} ${seqs.length === 1 ? 'record' : 'records'} ${what} (${named}${seqs.length > 3 ? ', …' : ''})`
}
