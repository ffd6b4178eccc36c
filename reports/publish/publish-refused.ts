/** Why something is not published, in one sentence, and how to put it right. */
export class PublishRefused extends Error {
  readonly fix: string

  constructor(message: string, { fix }: { readonly fix: string }) {
    super(message)
    this.name = 'PublishRefused'
    this.fix = fix
  }
}
