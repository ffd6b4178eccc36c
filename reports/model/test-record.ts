import { z } from 'zod'

const failedTestSchema = z.object({ name: z.string(), message: z.string() })

/** Schema of `tests/<project>.json`: how many tests came out how, and which failed. */
export const testRecordSchema = z.object({
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  failedTests: z.array(failedTestSchema).readonly(),
})

/** `tests/<project>.json`. */
export type TestRecord = z.infer<typeof testRecordSchema>

/** A test that failed, by its name and what the failure said. */
export type FailedTest = z.infer<typeof failedTestSchema>
