import { join } from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../harness/engine/causes.ts'
import { digestOf, digestProblems, evidenceIds, filesBelow, readJson } from './run-files.ts'

const source = z.looseObject({ page: z.string(), section: z.string() })
const level = z.enum(['MUST', 'SHOULD', 'MAY'])

const guaranteeSchema = z.looseObject({
  id: z.string(),
  statement: z.string(),
  level,
  source,
  requires: z.array(z.string()),
  since: z.string().optional(),
  gate: z.string().optional(),
  disruptive: z.boolean().optional(),
})

const reasonSchema = z.object({
  summary: z.string(),
  expected: z.string().optional(),
  actual: z.string().optional(),
  entries: z.array(z.int().nonnegative()).optional(),
})

const verdictSchema = z.looseObject({
  id: z.string(),
  verdict: z.enum(['Passed', 'Failed', 'Inconclusive', 'NotSupported']),
  reasons: z.array(reasonSchema),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  namespace: z.string().optional(),
  requests: z.int().nonnegative().optional(),
  throttled: z.int().nonnegative().optional(),
})

const resultSchema = z.object({
  id: z.string(),
  state: z.enum(['passed', 'failed', 'skipped', 'pending']),
  startedAt: z.iso.datetime().optional(),
  durationSeconds: z.number().nonnegative(),
  errors: z.array(z.object({ message: z.string(), stack: z.string() })),
})

const sentences = z.array(z.string())

/** `findings.json`; runs of before November 28, 2026, kept what could not be collected apart from what was left behind. */
const findingsSchema = z.union([
  z.looseObject({ findings: sentences }),
  z.looseObject({ missing: sentences, left: sentences }).transform(({ missing, left }) => ({ findings: [...missing, ...left] })),
])

/** Schema of `results.json`: what Vitest said of each guarantee, and errors outside of any. */
export const resultsSchema = z.object({
  results: z.array(resultSchema),
  errorsOutsideTests: z.array(z.string()),
})

/** `results.json`. */
export type Results = z.infer<typeof resultsSchema>

/** A guarantee as the run collected it. */
export type CollectedGuarantee = z.infer<typeof guaranteeSchema>

/** The fields of `verdict.json` that a report is made of. */
export type StoredVerdict = z.infer<typeof verdictSchema>

/** Guarantees of a run: those in `guarantees.json`, and any other that left evidence. Sorted by id. */
export async function collectedGuarantees(runDirectory: string): Promise<readonly CollectedGuarantee[]> {
  const listed = parseFile(z.array(guaranteeSchema), await readJson(join(runDirectory, 'guarantees.json')), 'guarantees.json') ?? []
  const known = new Set(listed.map(({ id }) => id))
  const found: CollectedGuarantee[] = []
  for (const id of (await evidenceIds(runDirectory)).filter((name) => !known.has(name))) {
    const path = `evidence/${id}/guarantee.json`
    const guarantee = parseFile(guaranteeSchema, await readJson(join(runDirectory, path)), path)
    if (guarantee !== undefined) found.push(guarantee)
  }
  return [...listed, ...found].toSorted((a, b) => a.id.localeCompare(b.id, 'en'))
}

/** Reads `results.json`; empty when Vitest never finished. */
export async function vitestResults(runDirectory: string): Promise<Results> {
  return (
    parseFile(resultsSchema, await readJson(join(runDirectory, 'results.json')), 'results.json') ?? { results: [], errorsOutsideTests: [] }
  )
}

/** Reads the stored verdict of a guarantee; undefined when the suite left none. */
export async function storedVerdict(runDirectory: string, id: string): Promise<StoredVerdict | undefined> {
  const path = `evidence/${id}/verdict.json`
  return parseFile(verdictSchema, await readJson(join(runDirectory, path)), path)
}

/** What went wrong once a guarantee was judged, in sentences; that its `findings.json` cannot be read is one. */
export async function findingsOf(runDirectory: string, id: string): Promise<Findings> {
  const path = `evidence/${id}/findings.json`
  try {
    return some(parseFile(findingsSchema, await readJson(join(runDirectory, path)), path)?.findings)
  } catch (error) {
    return { findings: [`Its findings cannot be read: ${messageOf(error)}`] }
  }
}

/** The findings of guarantees as a run notes them among its own: each after the id of its guarantee. */
export function findingsWithIds(guarantees: readonly (Findings & { readonly id: string })[]): readonly string[] {
  return guarantees.flatMap(({ id, findings = [] }) => findings.map((finding) => `${id}: ${finding}`))
}

/** Findings that a run noted, without those of its guarantees. */
export function findingsOfRun({ findings = [] }: Findings, guarantees: readonly (Findings & { readonly id: string })[]): Findings {
  const ofGuarantees = findingsWithIds(guarantees)
  return some(findings.filter((finding) => !ofGuarantees.includes(finding)))
}

/** What went wrong beside verdicts, in sentences; absent when nothing did. */
interface Findings {
  readonly findings?: string[] | undefined
}

function some(findings: string[] = []): Findings {
  return findings.length === 0 ? {} : { findings }
}

/** Evidence files of a guarantee with their digests as they are now, and what is wrong with them. */
export async function evidenceOf(
  runDirectory: string,
  id: string,
): Promise<{ readonly files: { path: string; sha256: string; bytes: number }[]; readonly problems: readonly string[] | undefined }> {
  const folder = join(runDirectory, 'evidence', id)
  const files = []
  for (const path of await filesBelow(folder)) {
    files.push({ path: `evidence/${id}/${path}`, ...(await digestOf(join(folder, path))) })
  }
  return { files, problems: digestProblems(folder) }
}

/** Checks a parsed file against its schema; undefined stays undefined. Throws one sentence naming file and field. */
export function parseFile<T>(schema: z.ZodType<T>, value: unknown, name: string): T | undefined {
  if (value === undefined) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${name} is not what a run writes: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
}
