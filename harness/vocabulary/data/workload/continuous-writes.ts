/**
 * What a continuous writer leaves. Record n, made durable before n + 1 is begun, is one of three kinds in turn: appended to a
 * log of its own, written over a block of a table, or a file created while an old one is removed. Then n goes to the sequence.
 */
export const layout = {
  kinds: ['append', 'overwrite', 'create'],
  tableBlocks: 64,
  filesKept: 32,
} as const

/** Kind of a record. */
export type WriteKind = (typeof layout.kinds)[number]

/** First and last of numbers without a hole. */
export type Run = readonly [number, number]

/** What was found on a volume that a continuous writer wrote to. */
export interface FoundWrites {
  /** Intact records of the sequence, in the order of the file. */
  readonly sequence: readonly Run[]
  /** Intact appended records, by how many were appended before them. */
  readonly appended: readonly Run[]
  /** Whether what follows the last intact record of a file is no whole record. */
  readonly torn: { readonly sequence: boolean; readonly appended: boolean }
  /** Record in each block of the table: 0 where none was written, null where the content is of no one record. */
  readonly table: readonly (number | null)[]
  /** The created files that are there, by record. */
  readonly created: readonly { readonly record: number; readonly intact: boolean }[]
  /** What is there and cannot be read, each with the error. */
  readonly unreadable: readonly string[]
}

/** Between which records the state of a volume must lie. */
export interface Bounds {
  /** Last record that must be there. */
  readonly atLeast: number
  /** Last record that may be there. */
  readonly atMost: number
}

const kinds = layout.kinds.length

/** Kind of a record. */
export function kindOf(record: number): WriteKind {
  return layout.kinds[record % kinds] ?? 'append'
}

/** Block of the table that a record overwrites. */
export function blockOf(record: number): number {
  return Math.floor(record / kinds) % layout.tableBlocks
}

/** The record whose file is removed once this record's is there. */
export function replacedBy(record: number): number {
  return record - kinds * layout.filesKept
}

/** How many records up to this one were appended. */
export function appendedBy(record: number): number {
  return Math.floor(record / kinds)
}

/** Joins numbers to runs without a hole. */
export function runsOf(numbers: readonly number[]): readonly Run[] {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last !== undefined && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs
}

/** Says in which ways a volume does not hold a prefix of the writes that lies within the bounds; nothing when it does. */
export function faultsOf(found: FoundWrites, { atLeast, atMost }: Bounds): readonly string[] {
  if (found.unreadable.length > 0) return found.unreadable.map((one) => `${one} cannot be read`)
  const [first] = found.sequence
  const last = first === undefined ? 0 : first[1]
  if (first !== undefined && first[0] !== 1) return [`the sequence begins with record ${first[0]}`]
  if (found.sequence.length > 1) return [`the sequence goes from record ${last} to ${String(found.sequence[1]?.[0])}`]
  const faults: string[] = []
  if (last < atLeast) faults.push(`records ${last + 1} to ${atLeast}, acknowledged before the snapshot was asked for, are missing`)
  if (last > atMost) faults.push(`records ${atMost + 1} to ${last}, written after the snapshot was ready, are there`)
  // One record may have been under way: all of its writes, none, or a part.
  const next = last + 1
  return [...faults, ...appendFaults(found, last), ...tableFaults(found, { last, next }), ...fileFaults(found, { last, next })]
}

function appendFaults({ appended, torn }: FoundWrites, last: number): readonly string[] {
  const found = appended[0]?.[1] ?? 0
  const underWay = kindOf(last + 1) === 'append' ? 1 : 0
  const wanted = appendedBy(last)
  if (appended.length > 1 || (appended[0]?.[0] ?? 1) !== 1) return [`appended records have a hole after ${found}`]
  if (found < wanted) return [`${wanted - found} of ${wanted} appended records are missing`]
  if (found > wanted + underWay) return [`${found - wanted} appended records are of a later time than the sequence`]
  return torn.appended && underWay === 0 ? ['an appended record is torn though none was under way'] : []
}

interface Position {
  readonly last: number
  /** The record that may have been under way. */
  readonly next: number
}

/** What a volume holds to which exactly the records up to this one were written. */
export function foundAt(last: number): FoundWrites {
  const records = Array.from({ length: last }, (_, position) => position + 1)
  const overwritten = tableAt(last)
  return {
    sequence: runsOf(records),
    appended: runsOf(records.slice(0, appendedBy(last))),
    torn: { sequence: false, appended: false },
    table: overwritten.slice(0, overwritten.findLastIndex((record) => record > 0) + 1),
    created: filesAt(last).map((record) => ({ record, intact: true })),
    unreadable: [],
  }
}

function tableAt(last: number): readonly number[] {
  const table = Array.from({ length: layout.tableBlocks }, () => 0)
  for (let record = 1; record <= last; record += 1) if (kindOf(record) === 'overwrite') table[blockOf(record)] = record
  return table
}

function filesAt(last: number): readonly number[] {
  const oldest = Math.max(0, replacedBy(last))
  const recent = Array.from({ length: last - oldest }, (_, position) => oldest + 1 + position)
  return recent.filter((record) => kindOf(record) === 'create')
}

function tableFaults({ table }: FoundWrites, { last, next }: Position): readonly string[] {
  const mayDiffer = kindOf(next) === 'overwrite' ? blockOf(next) : undefined
  const wrong = tableAt(last).flatMap((record, block) => {
    const found = table[block] ?? (table.length > block ? null : 0)
    if (found === record || (block === mayDiffer && (found === next || found === null))) return []
    return [`block ${block} of the table holds ${found === null ? 'no whole record' : `record ${found}`} instead of ${record}`]
  })
  return wrong.slice(0, 1)
}

function fileFaults({ created }: FoundWrites, { last, next }: Position): readonly string[] {
  const found = new Map(created.map(({ record, intact }) => [record, intact]))
  const underWay = kindOf(next) === 'create'
  const wanted = new Set(filesAt(last))
  const missing = [...wanted].filter((record) => !found.has(record) && !(underWay && record === replacedBy(next)))
  const damaged = [...wanted].filter((record) => found.get(record) === false)
  const extra = [...found.keys()].filter((record) => !wanted.has(record) && !(underWay && record === next))
  return [
    ...(missing.length === 0 ? [] : [`${missing.length} created files are missing, first that of record ${missing[0]}`]),
    ...(damaged.length === 0 ? [] : [`${damaged.length} created files are damaged, first that of record ${damaged[0]}`]),
    ...(extra.length === 0 ? [] : [`${extra.length} files are there that should not be, first that of record ${extra[0]}`]),
  ]
}
