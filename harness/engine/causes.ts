/** What Node calls an error that stands for two others when it was given no words of its own. */
const unnamed: readonly string[] = ['', 'An error was suppressed during disposal.']

/**
 * Every error that an error carries, each once, outermost first: itself, what it was thrown on top of (`SuppressedError`), what it
 * collects (`AggregateError`) and its causes. An error that only stands for others is left out.
 */
export function causesOf(error: unknown): readonly unknown[] {
  const found = new Set<unknown>()
  const seen = new Set<unknown>()
  const visit = (one: unknown): void => {
    if (seen.has(one)) return
    seen.add(one)
    const inner = innerOf(one)
    if (inner.length === 0 || !(one instanceof Error && unnamed.includes(one.message))) found.add(one)
    for (const each of inner) visit(each)
  }
  visit(error)
  return [...found]
}

function innerOf(error: unknown): readonly unknown[] {
  if (!(error instanceof Error)) return []
  // What happened first is named first: a SuppressedError is thrown when cleaning up after `suppressed` failed, too.
  if (error instanceof SuppressedError) return [error.suppressed, error.error]
  const collected = error instanceof AggregateError ? error.errors : []
  return error.cause === undefined ? collected : [...collected, error.cause]
}

/** The messages of every error that an error carries, in one line: what another one says already is said once. */
export function messageOf(error: unknown): string {
  const messages: string[] = []
  for (const cause of causesOf(error)) {
    const message = cause instanceof Error ? cause.message : String(cause)
    if (!messages.some((known) => known.includes(message))) messages.push(message)
  }
  return messages.join(' Cause: ')
}

/** The messages of an error as a whole sentence, for what is told with one behind it. */
export function sentenceOf(error: unknown): string {
  return messageOf(error).replace(/[^.!?]$/, '$&.')
}
