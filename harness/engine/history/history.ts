import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf } from '../causes.ts'
import type { HistoryEntry, Observation, ObservedObject } from './history-entry.ts'
import { redact } from './redact.ts'
import type { JudgementRecord } from './judgement-record.ts'
import { openWatchList, type WatchList } from './watch-list.ts'

type WithoutPlace<Entry> = Entry extends HistoryEntry ? Omit<Entry, 'seq' | 'at'> : never

/** Runs work that needs little of the machine while it lasts. */
export type Aside = <Result>(work: () => Promise<Result>) => Promise<Result>

/** A history entry before the history gave it its place and time. */
export type NewEntry = WithoutPlace<HistoryEntry>

/** What happened while one guarantee was put to the test, in order: acts, observations, measurements, gaps and marks. */
export interface History {
  readonly entries: readonly HistoryEntry[]
  /** Every judgement made over this history so far. */
  readonly judgements: readonly JudgementRecord[]
  /** The watches that write to it. */
  readonly watches: WatchList
  /** Where the history is kept, as error messages name it. */
  readonly evidence: string
  /** What went wrong beside the entries, in sentences: listeners that threw, each once. */
  readonly findings: readonly string[]
  /** Appends an entry, on disk first; throws once the history is closed. After `seal`, what cannot be written is a finding. */
  append(entry: NewEntry): HistoryEntry
  /** Records a judgement; throws once the judgements are sealed. */
  judge(judgement: JudgementRecord): void
  /**
   * Calls the listener after each append, until the returned function is called. What a listener throws is a finding: it harms neither
   * what appended nor the other listeners.
   */
  subscribe(listener: () => void): () => void
  /** Has something looked for what is in the way, and written to the history, before a wait that came to nothing is judged. */
  beforeGivingUp(look: () => Promise<void>): void
  /** Holds up every act until this work is done, whether it succeeds or not. */
  hold(work: Promise<unknown>): void
  /** What holds up every act now; undefined where nothing does. */
  readonly held: Promise<unknown> | undefined
  /** Has what only watches for a while run within this, such as beside the slot of the guarantee. */
  watchWithin(around: Aside): void
  /** Runs what only watches for a while. */
  aside: Aside
  /** Looks for what is in the way. A look that fails is a finding. */
  lookForObstacles(): Promise<void>
  /** Nothing is judged from now on: the verdict is about to be given. What happens is recorded until the history is closed. */
  seal(): void
  readonly closed: boolean
  close(): void
}

/** Where a history is written; without files it lives in memory alone. */
export interface HistoryOptions {
  readonly historyFile?: string
  readonly judgementsFile?: string
  readonly evidence?: string
}

/** Opens a file for lines that must outlive a kill of this process: each is handed to the kernel before the next is made. */
function openLines(file: string | undefined): { write(value: unknown): void; close(): void } {
  if (file === undefined) return { write: () => undefined, close: () => undefined }
  mkdirSync(dirname(file), { recursive: true })
  const descriptor = openSync(file, 'w')
  return {
    write: (value) => void writeSync(descriptor, `${JSON.stringify(value)}\n`),
    close: () => closeSync(descriptor),
  }
}

/** Who owns which fields of an object; each has the time of the latest change by its owner. */
interface WithManagedFields {
  readonly managedFields?: readonly { readonly time?: string }[]
}

/** An object as histories keep it: without `managedFields`, which are large and say nothing of state. */
export function trimmed(object: ObservedObject): ObservedObject {
  const { managedFields: _, ...metadata } = object.metadata as ObservedObject['metadata'] & WithManagedFields
  return { ...object, metadata }
}

/** The object without `managedFields`, and the latest time in them. */
function kept(object: ObservedObject): Pick<Observation, 'object' | 'writtenAt'> {
  const { managedFields = [] } = object.metadata as WithManagedFields
  const writtenAt = managedFields
    .flatMap(({ time }) => time ?? [])
    .toSorted()
    .at(-1)
  return { object: trimmed(object), ...(writtenAt !== undefined && { writtenAt }) }
}

/** Opens an empty history. */
export function openHistory({ historyFile, judgementsFile, evidence = historyFile ?? 'kept in memory' }: HistoryOptions = {}): History {
  const entries: HistoryEntry[] = []
  const judgements: JudgementRecord[] = []
  const listeners = new Set<() => void>()
  const looks: (() => Promise<void>)[] = []
  const findings = new Set<string>()
  const holds = new Set<Promise<unknown>>()
  const historyLines = openLines(historyFile)
  const judgementLines = openLines(judgementsFile)
  let around: Aside = async (work) => work()
  let sealed = false
  let closed = false
  return {
    entries,
    judgements,
    watches: openWatchList(),
    evidence,
    get findings() {
      return [...findings]
    },
    get closed() {
      return closed
    },
    append(entry) {
      if (closed) throw new Error('The history is closed: nothing can be recorded after the verdict.')
      const content = entry.type === 'observation' ? { ...entry, ...kept(entry.object) } : entry
      const placed = { seq: entries.length, at: new Date().toISOString(), ...(redact(content) as NewEntry) } as HistoryEntry
      try {
        historyLines.write(placed)
      } catch (error) {
        // After the verdict a full disk must not keep a node from being started again.
        if (!sealed) throw error
        findings.add(`Entries after the verdict could not be written: ${messageOf(error)}`)
      }
      entries.push(placed)
      for (const listener of listeners) {
        try {
          listener()
        } catch (error) {
          findings.add(`A listener of the history failed: ${messageOf(error)}`)
        }
      }
      return placed
    },
    judge(judgement) {
      if (sealed) throw new Error('The judgements are sealed: nothing can be judged after the verdict.')
      judgementLines.write(judgement)
      judgements.push(judgement)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    beforeGivingUp(look) {
      looks.push(look)
    },
    hold(work) {
      holds.add(work)
      const over = () => void holds.delete(work)
      work.then(over, over)
    },
    get held() {
      return holds.size === 0 ? undefined : Promise.allSettled(holds)
    },
    watchWithin(within) {
      around = within
    },
    aside: async (work) => around(work),
    async lookForObstacles() {
      for (const look of looks)
        await look().catch((error: unknown) => void findings.add(`What may be in the way could not be looked for: ${messageOf(error)}`))
    },
    seal() {
      sealed = true
    },
    close() {
      if (closed) return
      sealed = true
      closed = true
      historyLines.close()
      judgementLines.close()
    },
  }
}
