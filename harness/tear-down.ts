import { messageOf } from './causes.ts'
import { limits } from './limits.ts'
import { pause } from './watch/pause.ts'

/** One thing that is done when the work is over, whatever came of the work and of the steps before. */
export interface TearDownStep {
  /** What is done, as a finding names it: `Closing the watches`. */
  readonly name: string
  /** Seconds until the signal of the step is aborted. */
  readonly limit: number
  /** Does it. Returns what it could not do, one sentence each. */
  readonly run: (signal: AbortSignal) => Promise<readonly string[] | undefined | void> | readonly string[] | undefined | void
}

/**
 * Takes the steps one after the other, each whatever became of those before. A step that fails, or that does not end within its limit,
 * is a finding. Returns all findings; never throws.
 */
export async function tearDown(steps: Iterable<TearDownStep>): Promise<readonly string[]> {
  const findings: string[] = []
  for (const step of steps) findings.push(...(await findingsOf(step)))
  return findings
}

async function findingsOf({ name, limit, run }: TearDownStep): Promise<readonly string[]> {
  const late = new AbortController()
  const ended = new AbortController()
  const givenUp = async (): Promise<readonly string[]> => {
    await pause(limit, ended.signal)
    if (!ended.signal.aborted) late.abort(new Error(`It was not done within ${limit} s.`))
    await pause(limits.lateStep, ended.signal)
    return [`${name} was given up: it was not done within ${limit} s.`]
  }
  try {
    return (await Promise.race([(async () => run(late.signal))(), givenUp()])) ?? []
  } catch (error) {
    return [`${name} failed: ${messageOf(error)}`]
  } finally {
    ended.abort()
  }
}

/** Does all of it at the same time. Returns what was returned, and one sentence for each that failed; never throws. */
export async function allFindings(work: readonly Promise<readonly string[]>[]): Promise<readonly string[]> {
  const settled = await Promise.allSettled(work)
  return settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : [messageOf(one.reason)]))
}

/**
 * Does one thing after the other, each whatever became of those before. Returns what was returned, and one sentence for each that failed;
 * never throws.
 */
export async function inTurn(work: Readonly<Record<string, () => Promise<readonly string[] | void>>>): Promise<readonly string[]> {
  const findings: string[] = []
  for (const [name, run] of Object.entries(work)) {
    try {
      findings.push(...((await run()) ?? []))
    } catch (error) {
      findings.push(`${name} failed: ${messageOf(error)}`)
    }
  }
  return findings
}
