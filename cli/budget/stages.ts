import type { Profile } from '../../clusters/images/plan.ts'
import type { FailedTest } from '../../reports/model/test-record.ts'
import { failureText } from '../shell/failure.ts'
import { log } from '../shell/log.ts'
import type { Counts, Stage } from './tally.ts'

/** What a part of `npm test` found: its counts, what it left out and why where it did, and its failed tests where it knows them. */
export interface Outcome extends Counts {
  readonly leftOut?: string | undefined
  readonly failedTests?: readonly FailedTest[]
}

/** The parts of `npm test` that are done, in order. */
export interface Stages {
  readonly done: readonly Stage[]
  /** Runs one part and notes its counts and time. One that throws is noted as a failure before the error goes on. */
  run(name: string, work: () => Promise<Outcome | void>): Promise<void>
  /** Runs one part that nothing depends on: the error of one that throws is printed, and it is noted as a failure. */
  attempt(name: string, work: () => Promise<Outcome | void>): Promise<void>
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 }

/** Starts with no part done. */
export function startStages(): Stages {
  const done: Stage[] = []
  const run: Stages['run'] = async (name, work) => {
    const start = performance.now()
    let outcome: Outcome = { ...none, failed: 1 }
    try {
      outcome = (await work()) ?? none
    } catch (error) {
      outcome = { ...outcome, failedTests: [{ name: 'the stage itself', message: failureText(error) }] }
      throw error
    } finally {
      done.push({ name, ...outcome, seconds: (performance.now() - start) / 1000 })
    }
  }
  const attempt: Stages['run'] = async (name, work) => {
    try {
      await run(name, work)
    } catch (error) {
      log(`${name} failed: ${failureText(error)}`)
    }
  }
  return { done, run, attempt }
}

/** Name of a stage on the cluster of a profile. */
export function stageOn(profile: Profile, name: string): string {
  return profile === 'default' ? name : `${profile}: ${name}`
}
