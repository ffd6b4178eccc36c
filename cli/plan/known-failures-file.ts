import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { undeclarableFeatures } from '../../clusters/features/declarable-features.ts'
import { profileFeatures } from '../../clusters/profiles/profile-features.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { messageOf } from '../../harness/engine/causes.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { ListedFailure } from '../../reports/known-failures/known-failure.ts'
import { readKnownFailures } from '../../reports/known-failures/read-known-failures.ts'
import { UsageError } from '../shell/usage-error.ts'

/** A file of known failures, as it was read. */
export interface KnownFailuresFile {
  /** Absolute path. */
  readonly path: string
  readonly text: string
  readonly entries: readonly ListedFailure[]
}

/** A file of known failures that a run was given. */
export interface GivenKnownFailures extends KnownFailuresFile {
  /** What will break its gate, as far as that is known before it begins, in sentences. */
  readonly warnings: readonly string[]
}

/**
 * Reads a file of known failures. Throws a `UsageError` with each mistake in it: its line, what is wrong, and how to mend it.
 *
 * @param catalogue - All guarantees; the features that they need may be named in conditions.
 */
export function readKnownFailuresFile(file: string, catalogue: readonly Guarantee[]): KnownFailuresFile {
  const path = resolve(file)
  const text = textOf(path)
  const required = catalogue.flatMap(({ requires }) => requires)
  const features = [...new Set<string>([...required, ...undeclarableFeatures, ...profileFeatures.velero])]
  const read = readKnownFailures(text, { features })
  if ('entries' in read) return { path, text, entries: read.entries }
  const sentences = read.mistakes.map(({ line, sentence }) => `${path} line ${line}: ${sentence}`)
  const fixes = read.mistakes.map(({ fix }) => fix)
  const before = sentences.slice(0, -1).map((sentence, at) => `${sentence} ${fixes[at] ?? ''}\n`)
  throw new UsageError(`${before.join('')}${sentences.at(-1) ?? ''}`, { fix: fixes.at(-1) ?? '' })
}

/** Reads the file that a run was given, and what can be said of it before the run, on a day in UTC. Throws as `readKnownFailuresFile`. */
export function givenKnownFailures(
  file: string,
  {
    catalogue,
    selected,
    day = today(),
  }: { readonly catalogue: readonly Guarantee[]; readonly selected: readonly Guarantee[]; readonly day?: string },
): GivenKnownFailures {
  const read = readKnownFailuresFile(file, catalogue)
  const ids: readonly string[] = catalogue.map(({ id }) => id)
  const runs = new Set<string>(selected.map(({ id }) => id))
  const warnings = read.entries.flatMap(({ guarantee, expires, line }) => {
    const place = `${read.path} line ${line}:`
    if (!ids.includes(guarantee))
      return [`${place} There is no guarantee ${guarantee}.${didYouMean(guarantee, ids)} Correct it, or the gate will be broken.`]
    if (!runs.has(guarantee) || day <= expires) return []
    return [
      `${place} The known failure of ${guarantee} expired on ${expires}. Remove the entry or agree on a later day, or it will break the gate.`,
    ]
  })
  return { ...read, warnings }
}

/** Today in UTC, such as `2026-11-30`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`The file of known failures ${path} cannot be read: ${messageOf(error)}.`, {
      fix: 'Name a YAML file; docs/known-failures.md shows one.',
    })
  }
}
