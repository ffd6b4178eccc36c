/** Invalid input of a user: one sentence on what is wrong, one on how to fix it. */
export class UsageError extends Error {
  /** How to fix it. */
  readonly fix: string | undefined

  constructor(message: string, options: { readonly fix?: string } = {}) {
    super(message)
    this.name = 'UsageError'
    this.fix = options.fix
  }
}
