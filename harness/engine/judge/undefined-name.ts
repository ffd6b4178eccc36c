/** A stored judgement names a check or a condition that nothing loaded has defined. */
export class UndefinedName extends RangeError {
  override readonly name = 'UndefinedName'

  constructor(what: 'check' | 'condition', name: string) {
    super(`This version of Holdfast has no ${what} ${name}.`)
  }
}
