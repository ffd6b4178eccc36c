import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { verdictNames } from '../../reports/model/verdict-names.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'

const common = {
  guarantee: z.string(),
  mutant: z.string(),
  /** Component of Kubernetes that the mutant is compiled into; absent for a mutant of anything else. */
  component: z.string().optional(),
  /** Version of the cluster. */
  kubernetes: z.string().regex(/^v1\.\d+/, 'must be a version of Kubernetes'),
  /** Day of the verdict, in UTC. */
  day: z.iso.date(),
  /** From the start of the guarantee to its verdict; absent without a verdict. */
  seconds: z.number().nonnegative().optional(),
}

const ending = {
  /** Id of the run, which begins with the time of its start. */
  run: z.string().min(1),
  /** Of a mutant that once survived: when, why, and what was sharpened. Written by hand; no run changes it. */
  firstSurvived: z.strictObject({ day: z.iso.date(), why: z.string().min(1), mended: z.string().min(1) }).optional(),
}

const verdict = z.enum([...verdictNames, 'none'])

const record = z.discriminatedUnion('outcome', [
  /** `judgement` is the verb and the name of the one that failed. */
  z.strictObject({ ...common, outcome: z.literal('killed'), judgement: z.string().min(1), ...ending }),
  /** No guarantee noticed it, and `why` the control did not count. */
  z.strictObject({ ...common, outcome: z.literal('alive'), verdict, why: z.string(), ...ending }),
  /** `why` nothing can tell it from what is not broken. */
  z.strictObject({ ...common, outcome: z.literal('equivalent'), verdict, why: z.string(), ...ending }),
])

const schema = z.strictObject({ schemaVersion: z.literal(1), records: z.array(record) })

/** The latest result of one guarantee under one mutant on one minor of Kubernetes. */
export type KillRecord = z.infer<typeof record>

/** What tells one pair of guarantee and mutant from another. */
export type PairKey = Pick<KillRecord, 'guarantee' | 'mutant' | 'component'>

/** Records that come with the checkout. */
export const storedKills = join('suites', 'kills.json')

const howToMend = 'Restore the file from the repository, then run "./holdfast kills --write <runs>".'

/** Reads the records of a checkout; none where it has no file. Throws a `UsageError` for a file that does not hold records. */
export function readKills(root: string = projectRoot): readonly KillRecord[] {
  const path = join(root, storedKills)
  if (!existsSync(path)) return []
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, { fix: howToMend })
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data.records
  const [issue] = parsed.error.issues
  throw new UsageError(`${path} does not hold kills: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}.`, { fix: howToMend })
}

/** The file as text: sorted, and a line for each record, so that a change of one is a change of one line. */
export function killsText(records: readonly KillRecord[]): string {
  const lines = records.toSorted(inOrder).map((one) => JSON.stringify(record.parse(one)))
  return lines.length === 0 ? `{ "schemaVersion": 1, "records": [] }\n` : `{ "schemaVersion": 1, "records": [\n${lines.join(',\n')}\n] }\n`
}

/** A text that two results share if they are of the same pair. */
export function pairKey({ guarantee, mutant, component = '' }: PairKey): string {
  return `${guarantee} ${mutant} ${component}`
}

/** Minor of a version of Kubernetes, `37` of `v1.37.2`. */
export function minorOf(kubernetes: string): number {
  return Number(/^v1\.(\d+)/.exec(kubernetes)?.[1])
}

function inOrder(one: KillRecord, other: KillRecord): number {
  const [first, second] = [pairKey(one), pairKey(other)]
  return first === second ? minorOf(one.kubernetes) - minorOf(other.kubernetes) : first < second ? -1 : 1
}

/** The newest of some records: of the run that began last. Undefined when there are none. */
export function newest<Kind extends KillRecord>(records: readonly Kind[]): Kind | undefined {
  return records.toSorted((one, other) => (one.run < other.run ? -1 : one.run > other.run ? 1 : 0)).at(-1)
}
