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
