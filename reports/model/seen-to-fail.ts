import { z } from 'zod'
import type { SensitivityRow } from './sensitivity.ts'

const failure = {
  mutant: z.string(),
  /** Component of Kubernetes that the mutant was compiled into; absent for a mutant of anything else. */
  component: z.string().optional(),
  /** Verb and name of the judgement that failed; absent in runs of earlier versions. */
  judgement: z.string().optional(),
  /** From the start of the guarantee to its verdict; absent in runs of earlier versions. */
  seconds: z.number().nonnegative().optional(),
  /** Day of the verdict, in UTC. */
  day: z.iso.date(),
  /** Version of the cluster, `v1.37.2`. */
  kubernetes: z.string(),
}

const failureSchema = z.strictObject(failure)

/** How a guarantee was seen to fail, under a mutant that was in force. */
export type Failure = z.infer<typeof failureSchema>

/** Schema of `seen-to-fail.json`: of each guarantee, by id, how it was last seen to fail before the run. */
export const seenBeforeSchema = z.record(z.string(), failureSchema)

/** File of a run with what earlier runs have shown. */
export const seenBeforeFile = 'seen-to-fail.json'

/** Schema of the same in a report: null where no run has shown it. */
export const lastSeenSchema = z.strictObject({ ...failure, inThisRun: z.boolean() }).nullable()

/** How a guarantee was last seen to fail, in the run of the report or before; null where no run has shown it. */
export type LastSeen = z.infer<typeof lastSeenSchema>

/** What a run knows of guarantees that failed. */
export interface Seen {
  /** Controls of the run itself. */
  readonly rows: readonly SensitivityRow[]
  /** What `seen-to-fail.json` says; undefined in a run of an earlier version. */
  readonly before: Readonly<Record<string, Failure>> | undefined
  readonly kubernetes: string
  /** When the run began: the day of a control that does not say when it ended. */
  readonly startedAt: string
}

/** How a guarantee was last seen to fail: in this run if it was, else before. Empty where the run does not know of what was before. */
export function lastSeenToFail(id: string, { rows, before, kubernetes, startedAt }: Seen): { readonly lastSeenToFail?: LastSeen } {
  const ended = ({ endedAt = startedAt }: SensitivityRow) => Date.parse(endedAt)
  const killed = rows.filter((row) => row.guarantee === id && row.killed).toSorted((one, other) => ended(one) - ended(other))
  const last = killed.at(-1)
  if (last !== undefined) {
    const { mutant, component, killedBy, seconds, endedAt = startedAt } = last
    const how = {
      mutant,
      ...(component && { component }),
      ...(killedBy && { judgement: killedBy }),
      ...(seconds !== undefined && { seconds }),
    }
    return { lastSeenToFail: { ...how, day: endedAt.slice(0, 10), kubernetes, inThisRun: true } }
  }
  if (before === undefined) return {}
  const known = before[id]
  return { lastSeenToFail: known === undefined ? null : { ...known, inThisRun: false } }
}

/** The same in one sentence. */
export function seenInWords(seen: LastSeen): string {
  if (seen === null) return 'Never seen to fail.'
  const { inThisRun, day, kubernetes, mutant, component, judgement, seconds } = seen
  const when = `${inThisRun ? 'in this run' : `on ${day}`} on Kubernetes ${kubernetes}`
  const what = `under ${mutant}${component === undefined ? '' : ` in ${component}`}`
  const how = `${judgement === undefined ? '' : `, by ${judgement}`}${seconds === undefined ? '' : `, after ${seconds.toFixed(1)} s`}`
  return `Last seen to fail ${when}, ${what}${how}.`
}
