import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseRule, rightsOf, rightText, type RightsRule, ruleOf, rulesOf, ruleText } from '../../contract/rights.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'

const rule = z.string().refine((text) => parseRule(text) !== undefined, { error: ({ input }) => `"${String(input)}" is not a rule` })

const schema = z.strictObject({
  schemaVersion: z.literal(1),
  /** What each of the guarantees needs. */
  every: z.array(rule),
  /** What each guarantee needs beyond that, by id. */
  guarantees: z.record(z.string(), z.array(rule)),
  /** Guarantees whose rights no run has shown yet. */
  unrecorded: z.array(z.string()),
})

/** Rights of guarantees, by id. */
export type RecordedRights = ReadonlyMap<string, readonly RightsRule[]>

/** Rights that come with the checkout. */
export const storedRights = join(projectRoot, 'suites', 'rights.json')

const howToWrite = 'Run "./holdfast rights --write <run>" after a run, and commit the file.'

/** Reads stored rights. Throws a `UsageError` for a file that is not one, and for one that names a guarantee which is not among `known`. */
export function readRights(known: readonly string[], path: string = storedRights): RecordedRights {
  const { every, guarantees, unrecorded } = contentOf(path)
  const unknown = [...Object.keys(guarantees), ...unrecorded].find((id) => !known.includes(id))
  if (unknown === undefined) return new Map(Object.entries(guarantees).map(([id, own]) => [id, merged([...every, ...own].map(ruleOf))]))
  throw new UsageError(`${path} has rights of guarantee ${unknown}, which does not exist.${didYouMean(unknown, known)}`, {
    fix: howToWrite,
  })
}

/** Guarantees of which a file says neither what they need nor that no run has shown it. */
export function leftOut(known: readonly string[], path: string = storedRights): readonly string[] {
  const { guarantees, unrecorded } = contentOf(path)
  return known.filter((id) => guarantees[id] === undefined && !unrecorded.includes(id))
}

function contentOf(path: string): z.infer<typeof schema> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, { fix: howToWrite })
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(`${path} does not hold rights: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}.`, { fix: howToWrite })
}

/**
 * Adds rights that runs have shown to those that a file holds. A guarantee keeps what it had: one run takes one of several ways. What is of
 * no guarantee of `known` is left out.
 */
export function addRights(path: string, { recent, known }: { readonly recent: RecordedRights; readonly known: readonly string[] }): void {
  const old = existsSync(path) ? contentOf(path) : { every: [], guarantees: {} as Readonly<Record<string, readonly string[]>> }
  const all = known.toSorted().flatMap((id) => {
    const former = old.guarantees[id]
    const rules = [...(former === undefined ? [] : [...old.every, ...former].map(ruleOf)), ...(recent.get(id) ?? [])]
    return rules.length === 0 ? [] : [[id, merged(rules)] as const]
  })
  const every = commonTo(all.map(([, rules]) => rules))
  const common = new Set(textsOf(every))
  const beyond = (rules: readonly RightsRule[]) => rulesOf(rightsOf(rules).filter((right) => !common.has(rightText(right)))).map(ruleText)
  const content: z.infer<typeof schema> = {
    schemaVersion: 1,
    every: every.map(ruleText),
    guarantees: Object.fromEntries(all.map(([id, rules]) => [id, beyond(rules)])),
    unrecorded: known.filter((id) => !all.some(([recorded]) => recorded === id)).toSorted(),
  }
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`)
}

/** Rules with each right once. */
export function merged(rules: Iterable<RightsRule>): readonly RightsRule[] {
  return rulesOf(rightsOf(rules))
}

function commonTo(all: readonly (readonly RightsRule[])[]): readonly RightsRule[] {
  const [first = [], ...others] = all
  const sets = others.map((rules) => new Set(textsOf(rules)))
  return rulesOf(rightsOf(first).filter((right) => sets.every((set) => set.has(rightText(right)))))
}

function textsOf(rules: readonly RightsRule[]): readonly string[] {
  return rightsOf(rules).map(rightText)
}
