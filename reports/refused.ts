/** Why what a user asked of reports is not done, in one sentence, and what to do. */
export class Refused extends Error {
  readonly fix: string

  constructor(message: string, { fix }: { readonly fix: string }) {
    super(message)
    this.name = new.target.name
    this.fix = fix
  }
}
