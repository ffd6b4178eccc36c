import { z } from 'zod'
import { byPlatform, type SiteRun } from './site-run.ts'

/** The file that makes a directory a site. */
export const siteFile = 'site.json'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

const platformSchema = z.strictObject({ name: z.string(), driver: z.string(), kubernetes: z.string(), newest: z.string() })

const runSchema = z.strictObject({
  name: z.string(),
  id: z.string(),
  /** Of its `report.json`. */
  sha256: digest,
  platform: z.string(),
  driver: z.string(),
  kubernetes: z.string(),
  profile: z.string().optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  durationSeconds: z.number(),
  commit: z.string(),
  result: z.enum(['success', 'partial', 'failure']),
  verdicts: z.record(z.string(), z.int()),
})

const siteSchema = z.strictObject({
  apiVersion: z.literal('holdfast.dev/v1alpha1'),
  kind: z.literal('Site'),
  platforms: z.array(platformSchema),
  /** From the oldest to the newest. */
  runs: z.array(runSchema),
  /** SHA-256 of each file of the site beside this one and the runs, by path. */
  files: z.record(z.string(), digest),
})

/** `site.json`: the machine-readable index of a site. */
export type SiteIndex = z.infer<typeof siteSchema>

/** Reads a `site.json`. Throws one sentence that names the field when it is not one. */
export function readSiteIndex(text: string, path: string): SiteIndex {
  const parsed = siteSchema.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${path} is not what "holdfast publish" writes: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
}

/** The text of `site.json`; `runs` are from the oldest to the newest. */
export function siteIndexText(runs: readonly SiteRun[], files: Readonly<Record<string, string>>): string {
  const index: SiteIndex = {
    apiVersion: 'holdfast.dev/v1alpha1',
    kind: 'Site',
    platforms: byPlatform(runs).map(({ platform: { name, driver, minor }, runs: some }) => ({
      ...{ name, driver },
      kubernetes: minor,
      newest: some.at(-1)?.name ?? '',
    })),
    runs: runs.map(({ name, id, sha256, platform, kubernetes, profile, startedAt, endedAt, durationSeconds, commit, result, counts }) => ({
      ...{ name, id, sha256 },
      ...{ platform: platform.name, driver: platform.driver, kubernetes },
      ...(profile !== undefined && { profile }),
      ...{ startedAt, endedAt, durationSeconds, commit, result },
      verdicts: counts,
    })),
    files,
  }
  return `${JSON.stringify(index, null, 2)}\n`
}
