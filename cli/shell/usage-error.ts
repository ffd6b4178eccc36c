/** What was asked for does not make sense: one sentence on what is wrong, one on how to put it right. */
export class UsageError extends Error {
  /** What the reader can do about it. */
  readonly fix: string | undefined

  constructor(message: string, options: { readonly fix?: string } = {}) {
    super(message)
    this.name = 'UsageError'
    this.fix = options.fix
  }
}
