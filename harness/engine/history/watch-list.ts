/** A running watch. Whatever it may have missed is in the history as a gap. */
export interface Watch extends AsyncDisposable {
  readonly kind: string
  /** Why the watch is down at this moment, or undefined while it is open. */
  down(): string | undefined
  /**
   * Resolves when the history holds what the API server has at this moment, and knows gone what it no longer has; what was not delivered
   * within `within` seconds, or could not be asked for, is recorded as a gap.
   */
  catchUp(within: number): Promise<void>
}

/** A watch that was opened for a history. */
export interface OpenedWatch {
  readonly watch: Watch
  /** Suffix of the additional namespace in which it watches; absent where it watches elsewhere. */
  readonly namespaceSuffix?: string | undefined
  /** The same for the same objects in the same place: a watch that was closed and opened again goes on from the first one. */
  readonly key: string
  /** Whether nothing of its kind can have come and gone in its place before it was open. */
  readonly fromTheBeginning: boolean
}

/** The watches that write to one history. */
export interface WatchList {
  /** Adds a watch that is open. What is returned is called before the watch is closed on purpose. */
  add(opened: OpenedWatch): () => void
  /** Watches on these kinds that are open now. */
  open(kinds: readonly string[]): readonly Watch[]
  /** Whether a watch on the kind was ever opened. */
  has(kind: string): boolean
  /** Whether a watch on the kind was ever opened in an additional namespace. */
  hasIn(kind: string, namespaceSuffix: string): boolean
  /** Whether a watch on the kind was opened too late to know its place from the beginning. */
  isLate(kind: string): boolean
}

/** An empty list of watches. */
export function openWatchList(): WatchList {
  const opened: OpenedWatch[] = []
  const closed = new Set<OpenedWatch>()
  const of = (kind: string) => opened.filter(({ watch }) => watch.kind === kind)
  return {
    add(one) {
      opened.push(one)
      return () => void closed.add(one)
    },
    open: (kinds) => opened.filter((one) => kinds.includes(one.watch.kind) && !closed.has(one)).map(({ watch }) => watch),
    has: (kind) => of(kind).length > 0,
    hasIn: (kind, suffix) => of(kind).some(({ namespaceSuffix }) => namespaceSuffix === suffix),
    isLate: (kind) => of(kind).some(({ key }) => !opened.some((one) => one.key === key && one.fromTheBeginning)),
  }
}
