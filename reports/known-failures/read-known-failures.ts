import { isDeepStrictEqual } from 'node:util'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { isOwnFeature } from '../../contract/feature.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import {
  clusterProfiles,
  conditionSchema,
  type KnownFailure,
  knownFailureSchema,
  knownFailuresSchema,
  knownVerdicts,
  type ListedFailure,
} from './known-failure.ts'
import { rangeForm } from './version-range.ts'

/** One mistake in a file of known failures. */
export interface Mistake {
  readonly line: number
  /** What is wrong, as a sentence. */
  readonly sentence: string
  readonly fix: string
}

/** What a file says, or what is wrong with it. */
export type ReadFile = { readonly entries: readonly ListedFailure[] } | { readonly mistakes: readonly Mistake[] }

const wanted: Readonly<Record<string, string>> = {
  knownFailures: 'a list of entries, or [] where nothing is known',
  guarantee: 'the id of a guarantee, such as statefulset/ordered-startup',
  verdict: knownVerdicts.join(' or '),
  reason: 'a part of the first cause, in which * stands for any text',
  why: 'why it fails, and why that is accepted for now',
  link: 'the address where it is worked on, such as https://example.com/issues/1',
  owner: 'who sees to it that it ends',
  expires: 'the last day on which it is accepted, in UTC, such as 2026-12-31',
  when: 'the platforms for which it holds',
  kubernetes: rangeForm,
  driver: 'the name of a CSI driver',
  subject: 'a part of the name and version of an installed driver',
  storageClass: 'the name of a StorageClass',
  profile: clusterProfiles.join(', '),
  features: 'a list of features',
  lacking: 'a list of features',
}

/** Names that a file may use. */
export interface KnownNames {
  /** Features that a condition may name; any when absent. */
  readonly features?: readonly string[]
}

/** Reads the text of a file of known failures. Each mistake in it is found, in the order of their lines. */
export function readKnownFailures(text: string, { features }: KnownNames = {}): ReadFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0)
    return {
      mistakes: document.errors.map(({ message, pos }) => ({
        line: lines.linePos(pos[0]).line,
        sentence: `This is not valid YAML: ${firstLine(message)}`,
        fix: 'Correct that line.',
      })),
    }
  const content: unknown = withWrittenVersions(document)
  const parsed = knownFailuresSchema.safeParse(content)
  const source = { document, lines, content }
  if (!parsed.success) return { mistakes: inOrder(parsed.error.issues.flatMap((issue) => mistakesOf(issue, source))) }
  const entries = parsed.data.knownFailures.map((entry, at) => ({ ...entry, line: lineOf(['knownFailures', at], source) }))
  const mistakes = inOrder([...repeated(entries), ...unknownFeatures(entries, { features, source })])
  return mistakes.length === 0 ? { entries } : { mistakes }
}

/** A file as it was parsed. */
interface Source {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly content: unknown
}

type Path = readonly PropertyKey[]

/** A version as it is written: 1.40 is not the number 1.4. */
function withWrittenVersions(document: Document.Parsed): unknown {
  const content: unknown = document.toJS()
  const { knownFailures } = (content ?? {}) as { readonly knownFailures?: unknown }
  if (!Array.isArray(knownFailures)) return content
  for (const [at, entry] of (knownFailures as readonly { readonly when?: { kubernetes?: unknown } | null }[]).entries()) {
    const scalar = document.getIn(['knownFailures', at, 'when', 'kubernetes'], true)
    if (isScalar(scalar) && typeof scalar.value === 'number' && entry.when) entry.when.kubernetes = scalar.source
  }
  return content
}

function mistakesOf(issue: z.core.$ZodIssue, source: Source): readonly Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(issue.path)
    return issue.keys.map((key) => ({
      line: lineOf([...issue.path, key], source),
      sentence: `${placeOf(issue.path, source)} the unknown key ${key}.${didYouMean(key, known)}`,
      fix: `Use only ${known.join(', ')}.`,
    }))
  }
  // The value in a list of names is wrong where the list is.
  const path = typeof issue.path.at(-1) === 'number' && issue.path.length > 2 ? issue.path.slice(0, -1) : issue.path
  const line = lineOf(path, source)
  const key = path.at(-1)
  if (typeof key !== 'string')
    return [{ line, sentence: 'This is not a mapping of keys to values.', fix: `Write ${keysAt(path).join(', ')} below it.` }]
  const found = valueAt(path, source.content)
  const isEmpty = found === null || (typeof found === 'string' && found.trim() === '')
  const said = found === undefined ? `no ${key}` : isEmpty ? `an empty ${key}` : `${JSON.stringify(found)} for ${key}`
  return [{ line, sentence: `${placeOf(path.slice(0, -1), source)} ${said}.`, fix: `Write ${wanted[key] ?? 'another value'}.` }]
}

function keysAt(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(knownFailuresSchema.shape)
  return Object.keys((path.at(-1) === 'when' ? conditionSchema : knownFailureSchema).shape)
}

/** Who has what is told next: the file, or the entry of a guarantee. */
function placeOf([list, at, when]: Path, { content }: Source): string {
  if (list === undefined || at === undefined) return 'The file has'
  const guarantee = valueAt([list, at, 'guarantee'], content)
  const entry = typeof guarantee === 'string' && guarantee !== '' ? `The entry of ${guarantee}` : 'This entry'
  return when === undefined ? `${entry} has` : `The condition "when" of ${entry.replace(/^The|^This/, (word) => word.toLowerCase())} has`
}

function valueAt(path: Path, content: unknown): unknown {
  return path.reduce<unknown>((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key], content)
}

/** The line of what a path leads to; where that is absent, the line of what should hold it. */
function lineOf(path: Path, { document, lines }: Pick<Source, 'document' | 'lines'>): number {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1]
    const holder = document.getIn(path.slice(0, length - 1), true)
    const pair = isMap(holder) ? holder.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
    const node = pair?.key ?? document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

/** Entries that say the same as one before, whatever their explanations. */
function repeated(entries: readonly ListedFailure[]): readonly Mistake[] {
  const what = ({ guarantee, verdict, reason, when }: KnownFailure) => ({ guarantee, verdict, reason, when })
  return entries.flatMap((entry, at) => {
    const first = entries.slice(0, at).find((former) => isDeepStrictEqual(what(former), what(entry)))
    if (first === undefined) return []
    const sentence = `The entry of ${entry.guarantee} says the same as the one on line ${first.line}.`
    return [{ line: entry.line, sentence, fix: 'Remove one of them.' }]
  })
}

function unknownFeatures(
  entries: readonly ListedFailure[],
  { features, source }: { readonly features: readonly string[] | undefined; readonly source: Source },
): readonly Mistake[] {
  if (features === undefined) return []
  return entries.flatMap(({ when, guarantee }, at) =>
    (['features', 'lacking'] as const).flatMap((key) =>
      (when?.[key] ?? [])
        .filter((name) => !features.includes(name) && !isOwnFeature(name))
        .map((name) => ({
          line: lineOf(['knownFailures', at, 'when', key], source),
          sentence: `The condition "when" of the entry of ${guarantee} names the unknown feature ${name}.${didYouMean(name, features)}`,
          fix: `Choose from ${features.toSorted().join(', ')}.`,
        })),
    ),
  )
}

function inOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.toSorted((a, b) => a.line - b.line)
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]?$/, '.')
}
