import { z } from 'zod'
import { isVersionRange } from './version-range.ts'

/** Verdicts that can be known. What a cluster does not support was not tried, so nothing of it failed. */
export const knownVerdicts = ['Failed', 'Inconclusive'] as const

/** Profiles of clusters, as reports name them; `existing` is one that Holdfast did not create. */
export const clusterProfiles = ['default', 'velero', 'existing'] as const

const text = z.string().regex(/\S/)
const names = z.array(text).min(1)

/** Schema of the platforms for which an entry holds. All conditions must be met. */
export const conditionSchema = z.strictObject({
  kubernetes: text
    .refine(isVersionRange)
    .optional()
    .describe('Versions of Kubernetes: "1.36", or bounds such as ">=1.35 <1.38"; "||" stands between alternatives.'),
  driver: text.optional().describe('Name of the CSI driver, as in its CSIDriver object.'),
  subject: text.optional().describe('What name and version of an installed driver contain; "*" stands for any text.'),
  storageClass: text.optional().describe('Name of the StorageClass that is judged.'),
  profile: z.enum(clusterProfiles).optional().describe('Profile of the cluster, as the report names it.'),
  features: names.optional().describe('Features that the cluster must have.'),
  lacking: names.optional().describe('Features that the cluster must lack.'),
})

/** Schema of one known failure, as it is written in a file. */
export const knownFailureSchema = z.strictObject({
  guarantee: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)
    .describe('Id of the guarantee, such as statefulset/ordered-startup.'),
  verdict: z.enum(knownVerdicts).describe('The verdict that is known.'),
  reason: z
    .string()
    .regex(/[^\s*]/)
    .optional()
    .describe('What the first cause must contain; "*" stands for any text within a line. Without it any cause is known.'),
  why: text.describe('Why it fails, and why that is accepted for now.'),
  link: z.url({ protocol: /^https?$/ }).describe('Where it is worked on, such as an issue.'),
  owner: text.describe('Who sees to it that it ends.'),
  expires: z.iso.date().describe('The last day, in UTC, on which the failure is accepted.'),
  when: conditionSchema.optional().describe('The platforms for which it holds; without it, all.'),
})

/** Schema of a file of known failures. */
export const knownFailuresSchema = z.strictObject({
  knownFailures: z.array(knownFailureSchema).describe('Failures that do not break the gate until they expire.'),
})

/** The platforms for which an entry holds. */
export type Condition = z.infer<typeof conditionSchema>

/** A failure that does not break the gate until it expires. */
export type KnownFailure = z.infer<typeof knownFailureSchema>

/** An entry of a file, and the line on which it begins. */
export type ListedFailure = KnownFailure & { readonly line: number }
