import { z } from 'zod'
import { verdictNames } from './verdict-names.ts'

/** Schema of the verdict of one guarantee under one mutant. */
export const sensitivityRow = z.strictObject({
  mutant: z.string(),
  /** Component of Kubernetes that the mutant is compiled into; absent for a mutant of anything else. */
  component: z.string().optional(),
  guarantee: z.string(),
  /** `none` when the suite gave no verdict. */
  verdict: z.enum([...verdictNames, 'none']),
  /** First line of the first reason. */
  reason: z.string(),
  /** Where the evidence shows the mutant in force; empty when nowhere. */
  effect: z.string(),
  /** Verb and name of the judgement that failed first; absent in reports of earlier versions. */
  killedBy: z.string().optional(),
  /** True when the guarantee came out `Failed` by a judgement that names what it saw, while the mutant was in force. */
  killed: z.boolean(),
  /** Seconds from the start of the guarantee to its verdict; absent in reports of earlier versions, and without a verdict. */
  seconds: z.number().nonnegative().optional(),
  /** When the verdict was there; absent in reports of earlier versions, and without a verdict. */
  endedAt: z.iso.datetime().optional(),
  /** Why nothing can tell the mutant from what is not broken; absent where a guarantee must. */
  equivalent: z.string().optional(),
})

/** Verdict of one guarantee under one mutant, as a run stores it. */
export type SensitivityRow = z.infer<typeof sensitivityRow>

/** Schema of `sensitivity.json`. */
export const sensitivitySchema = z.looseObject({ rows: z.array(sensitivityRow) })
