import type { Counts, Stage } from './tally.ts'

/** The parts of `npm test` that are done, in order. */
export interface Stages {
  readonly done: readonly Stage[]
  /** Runs one part and notes its counts and time. One that throws is noted as a failure before the error goes on. */
  run(name: string, work: () => Promise<Counts | void>): Promise<void>
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 }

/** Starts with no part done. */
export function startStages(): Stages {
  const done: Stage[] = []
  return {
    done,
    async run(name, work) {
      const start = performance.now()
      let counts: Counts = { ...none, failed: 1 }
      try {
        counts = (await work()) ?? none
      } finally {
        done.push({ name, ...counts, seconds: (performance.now() - start) / 1000 })
      }
    },
  }
}
