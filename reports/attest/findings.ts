/** What a verification found, in sentences. */
export interface Findings {
  /** What is not as it must be. */
  readonly problems: readonly string[]
  /** What nobody could look at. */
  readonly unproven: readonly string[]
  /** What was looked at and is as it must be. */
  readonly shown: readonly string[]
}

/** Findings of several verifications, in their order. */
export function joined(all: readonly Partial<Findings>[]): Findings {
  return {
    problems: all.flatMap(({ problems = [] }) => problems),
    unproven: all.flatMap(({ unproven = [] }) => unproven),
    shown: all.flatMap(({ shown = [] }) => shown),
  }
}
