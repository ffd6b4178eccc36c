/** Something the user must put right before Holdfast can work: one sentence on what is wrong, one on how to fix it. */
export class SetupError extends Error {
  /** How to fix it. */
  readonly fix: string | undefined

  constructor(message: string, options: { readonly fix?: string; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SetupError'
    this.fix = options.fix
  }
}

/** What an error says, in the words with which a sentence ends; nothing when it is a `SetupError` itself, which is told beside it. */
export function because(error: unknown): string {
  if (error instanceof SetupError) return ''
  const text = error instanceof Error ? error.message : String(error)
  return `: ${(text.trim().split('\n')[0] ?? '').replace(/\.$/, '')}`
}
