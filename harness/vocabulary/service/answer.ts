/** What an application answered to a request. */
export interface Answered {
  /** `silent` when no answer came: then nothing is known. */
  readonly outcome: 'done' | 'refused' | 'silent'
  /** What was read, or null where there is nothing. */
  readonly value: string | null
  /** The answer in words. */
  readonly said: string
}
