import { readFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { z } from 'zod'
import { ownSuitesSchema } from './own-suites.ts'

/** Schema of the machine a run took place on. Memory is in bytes. */
export const machineSchema = z.strictObject({
  os: z.string(),
  kernel: z.string(),
  cpus: z.int().positive(),
  memoryBytes: z.int().positive(),
})

/** Schema of the guarantees that a run left out, counted by reason. */
export const notRunSchema = z.array(z.strictObject({ why: z.string(), guarantees: z.int().positive() }))

/** Schema of a check that a run did not select, and why. */
export const skippedSchema = z.strictObject({
  id: z.string(),
  /** Sentence and level are absent where the run did not keep them: before there was a `skipped.json`. */
  statement: z.string().optional(),
  level: z.enum(['MUST', 'SHOULD', 'MAY']).optional(),
  why: z.string(),
})

/** Schema of the CI system that started a run. */
const ciSchema = z.strictObject({
  /** As the system calls itself, such as `GitHub Actions`. */
  name: z.string().min(1),
  /** Page of the job; absent where the system does not tell it. */
  url: z.url({ protocol: /^https?$/ }).optional(),
})

/** Who started a run and from where, beside the commit; runs of before December 2026 have none of it. */
export const originFields = {
  /** Who answers for the run, as they want to be named; absent where nobody was. */
  assessor: z.string().min(1).optional(),
  /** Address of the repository that Holdfast ran from, without credentials; absent where it has none that others reach. */
  repository: z.string().optional(),
  /** Files that differ from the commit, at most 50 of them; absent where none does. */
  changedFiles: z.array(z.string()).optional(),
  /** Absent outside of CI. */
  ci: ciSchema.optional(),
  /** Directories with suites that are not of Holdfast; absent where there were none. */
  ownSuites: z.array(ownSuitesSchema).min(1).optional(),
}

/** Schema of the shards of a run that several Pods shared: where each ran, and how often it was started. */
export const shardsSchema = z.array(
  z.strictObject({
    shard: z.int().nonnegative(),
    /** How many guarantees it was given. */
    guarantees: z.int().nonnegative(),
    starts: z.array(
      z.strictObject({
        pod: z.string(),
        node: z.string(),
        startedAt: z.iso.datetime(),
        /** Absent where the Pod was lost. */
        endedAt: z.iso.datetime().optional(),
        /** How many of them it ran: those that no earlier start had judged. */
        guarantees: z.int().nonnegative(),
      }),
    ),
  }),
)

/** The shards of a run. */
export type ShardsOfRun = z.infer<typeof shardsSchema>

/** Schema of `run.json`; fields that the report does not use are let through. */
export const runRecordSchema = z.looseObject({
  schemaVersion: z.literal(1),
  id: z.string().min(1),
  startedAt: z.iso.datetime(),
  /** Absent while the run goes on, and after a run that was killed. */
  endedAt: z.iso.datetime().optional(),
  /** The command as it was typed. */
  command: z.string(),
  /** Commit of this repository; `unknown` outside a checkout. */
  commit: z.string(),
  /** Version of Holdfast. */
  holdfast: z.string(),
  ...originFields,
  machine: machineSchema.optional(),
  /** What was asked for: `quick`, `standard`, `full` or `velero`. Absent where guarantees were named. */
  profile: z.string().optional(),
  notRun: notRunSchema.optional(),
  /** Signal that ended the run early. */
  interruptedBy: z.string().optional(),
  /** Storage that the suites left behind, a sentence for each leak; absent where it was not looked for. */
  leaks: z.array(z.string()).optional(),
  /** Absent where one process ran all guarantees. */
  shards: shardsSchema.optional(),
  /** What went wrong beside the verdicts, in sentences; absent when nothing did. Those of guarantees are here, too, each after its id. */
  findings: z.array(z.string()).optional(),
})

/** `run.json`: who ran what, where and when. */
export type RunRecord = z.infer<typeof runRecordSchema>

/** Describes the machine this process runs on; memory in bytes. */
export function describeMachine(): z.infer<typeof machineSchema> {
  return { os: osName(), kernel: `${type()} ${release()}`, cpus: cpus().length, memoryBytes: totalmem() }
}

function osName(): string {
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    return name ?? type()
  } catch {
    return type()
  }
}
