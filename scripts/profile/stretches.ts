import type { Entry, GuaranteeRecord, Judgement } from './run-records.ts'

/** A stretch of time of one guarantee, in seconds, and what it was spent on. */
export interface Stretch {
  /** What kind of thing was waited for, such as `Pod Ready` or `command in a container`. */
  readonly kind: string
  /** Which one, such as the condition of a wait. */
  readonly what: string
  readonly seconds: number
}

interface Interval extends Omit<Stretch, 'seconds'> {
  readonly from: number
  readonly to: number
}

/** Words of a command that tell it from others: an inline script and the values of flags do not. */
function nameOfCommand(command: readonly string[]): string {
  const words = command.map((word) => word.split('/').at(-1) ?? word)
  const end = words.findIndex((word) => word.startsWith('-') || word.includes(' ') || word.includes('\n'))
  return words.slice(0, Math.min(end === -1 ? 3 : Math.max(1, end), 3)).join(' ')
}

function kindOfWait({ verb, name, kinds = [] }: Judgement): string {
  if (verb === 'toStay') return 'nothing happens (toStay)'
  const [kind = 'object'] = kinds
  return kind === 'Pod' && /ready|(?:^|-)started/u.test(name) && !/not-ready/u.test(name) ? 'Pod Ready' : `other state of ${kind}`
}

/** When each wait of a guarantee went on. A wait ends with the entry that decided it; what is to stay takes as long as it has to. */
function waits({ entries, judgements }: GuaranteeRecord): readonly Interval[] {
  return judgements.flatMap((judgement) => {
    const { startedAt, untilSeq, verb, name, outcome, within = 0 } = judgement
    if (startedAt === undefined) return []
    const from = Date.parse(startedAt)
    const decided = Date.parse(entries[untilSeq - 1]?.at ?? startedAt)
    const to =
      outcome === 'upheld' && verb !== 'toStay' ? decided : outcome === 'violated' && verb === 'toStay' ? decided : from + within * 1000
    return [{ kind: kindOfWait(judgement), what: name, from, to: Math.max(from, to) }]
  })
}

/** When each act of a guarantee went on, from its request to its answer. */
function acts({ entries }: GuaranteeRecord): readonly Interval[] {
  const requested = new Map<string | undefined, Entry>()
  return entries.flatMap((entry) => {
    if (entry.type !== 'act') return []
    const request = requested.get(entry.actId)
    if (entry.phase === 'requested') requested.set(entry.actId, entry)
    if (request === undefined) return []
    const { verb = '', subject, request: sent } = request
    const named =
      verb === 'exec'
        ? { kind: 'command in a container', what: nameOfCommand(sent?.command ?? []) }
        : { kind: 'request', what: `${verb} ${subject?.kind ?? ''}`.trim() }
    return [{ ...named, from: Date.parse(request.at), to: Date.parse(entry.at) }]
  })
}

/**
 * What the time of a guarantee was spent on, from its start to the end of its clean-up. No moment counts twice: of what went on at the same
 * time, what began first has it. What is neither a wait nor an act is what ended in a measurement, or the suite itself.
 */
export function stretchesOf(record: GuaranteeRecord): readonly Stretch[] {
  const [start, end] = [Date.parse(record.startedAt), Date.parse(record.endedAt)]
  const measured = record.entries.flatMap(({ type, at, what = '' }) => (type === 'measurement' ? [{ at: Date.parse(at), what }] : []))
  const stretches: Stretch[] = []
  const add = (stretch: Omit<Stretch, 'seconds'>, from: number, to: number) => {
    if (to > from) stretches.push({ kind: stretch.kind, what: stretch.what, seconds: (to - from) / 1000 })
  }
  let reached = start
  const fill = (to: number, rest: Omit<Stretch, 'seconds'>) => {
    for (const { at, what } of measured) {
      if (at <= reached || at > to) continue
      add({ kind: 'read beside the watches', what }, reached, at)
      reached = at
    }
    add(rest, reached, to)
    reached = Math.max(reached, to)
  }
  const suite = { kind: 'between (suite, checks, catching up)', what: '' }
  const intervals = [...waits(record), ...acts(record)].toSorted((one, other) => one.from - other.from || one.to - other.to)
  for (const [position, interval] of intervals.entries()) {
    const from = Math.min(interval.from, end)
    if (from > reached) fill(from, position === 0 ? { kind: 'namespace and watches opened', what: '' } : suite)
    add(interval, reached, Math.min(interval.to, end))
    reached = Math.max(reached, Math.min(interval.to, end))
  }
  fill(end, suite)
  return stretches
}

/** What a guarantee took around its verdict: until it got a slot, and from its verdict to the end of its clean-up. */
export function aroundVerdict({
  startedAt,
  endedAt,
  test,
}: GuaranteeRecord): { readonly queued: number; readonly tearDown: number } | undefined {
  if (test === undefined) return undefined
  return { queued: (Date.parse(startedAt) - test.begun) / 1000, tearDown: (test.over - Date.parse(endedAt)) / 1000 }
}

/** How many seconds of a run so many guarantees were being judged at the same time, by their number; tear-downs do not count. */
export function secondsByNumber(records: readonly Pick<GuaranteeRecord, 'startedAt' | 'endedAt'>[]): ReadonlyMap<number, number> {
  const changes = records
    .flatMap(({ startedAt, endedAt }) => [
      { at: Date.parse(startedAt), by: 1 },
      { at: Date.parse(endedAt), by: -1 },
    ])
    .toSorted((one, other) => one.at - other.at)
  const seconds = new Map<number, number>()
  let [running, since] = [0, changes[0]?.at ?? 0]
  for (const { at, by } of changes) {
    if (at > since) seconds.set(running, (seconds.get(running) ?? 0) + (at - since) / 1000)
    running += by
    since = at
  }
  return seconds
}
