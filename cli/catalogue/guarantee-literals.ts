import { parseAst } from 'rolldown/parseAst'
import { z } from 'zod'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { isMutantName, mutants } from '../../clusters/mutants/catalogue.ts'
import { profileFeatures } from '../../clusters/profiles/profile-features.ts'
import { isOwnFeature } from '../../contract/feature.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { UsageError } from '../shell/usage-error.ts'

const ofHoldfast = z.strictObject({
  id: z.templateLiteral([z.string().regex(/^[a-z0-9-]+$/), '/', z.string().regex(/^[a-z0-9-]+$/)]),
  statement: z.string().min(20).regex(/\.$/, 'must end with a full stop'),
  level: z.enum(['MUST', 'SHOULD', 'MAY']),
  source: z.strictObject({ page: z.string().min(1), section: z.string() }),
  requires: z.array(z.string()),
  mutants: z
    .array(z.string().refine(isMutantName, { error: ({ input }) => unknownMutant(String(input)) }))
    .min(1, 'must name at least one mutant'),
  proves: z
    .record(z.templateLiteral([z.string(), '.', z.string()]), z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])))
    .refine((proves) => Object.keys(proves).length > 0, 'must name at least one entry of the ledger'),
  pace: z.enum(['quick', 'slow']).optional(),
  disruptive: z.literal(true).optional(),
  holds: z.array(z.string()).min(1).optional(),
  since: z
    .string()
    .regex(/^1\.\d+$/, 'must be a minor of Kubernetes, such as 1.36')
    .optional(),
  gate: z.string().regex(/^\w+$/).optional(),
  podSecurity: z
    .strictObject({ level: z.enum(['baseline', 'privileged']), why: z.string().min(20).regex(/\.$/, 'must end with a full stop') })
    .optional(),
})

/** A guarantee of one's own names no mutants, and may need features of its own. */
const ofOnesOwn = ofHoldfast.extend({
  requires: z.array(z.string().refine(isKnownOrOwn, { error: ({ input }) => unknownFeature(String(input)) })),
  mutants: z
    .array(z.string())
    .max(0, 'must be left out: mutants run against the suites of Holdfast alone')
    .default(() => []),
})

/** Whose suites they are: those of Holdfast, or of a directory that the user named. */
export type Whose = 'Holdfast' | 'own'

/** Reads the guarantees of one suite from its text, without running it. Throws when a guarantee is not a plain literal. */
export function guaranteeLiterals(file: string, text: string, whose: Whose = 'Holdfast'): readonly Guarantee[] {
  return literalsByLine(file, text).map(({ literal, line }) => {
    const parsed = (whose === 'own' ? ofOnesOwn : ofHoldfast).safeParse(literal)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const where = issue?.path.join('.') ?? ''
      throw new UsageError(`Suite ${file} line ${line} has a guarantee whose ${where} ${issue?.message ?? 'is wrong'}.`, {
        fix: `Write the guarantee as a plain literal with id, statement, level, source, requires${whose === 'own' ? '' : ', mutants'} and proves.`,
      })
    }
    return parsed.data as Guarantee
  })
}

/** The literals that a suite of any version calls guarantees, as they are written. */
export function writtenLiterals(file: string, text: string): readonly unknown[] {
  return literalsByLine(file, text).map(({ literal }) => literal)
}

/** The same, each with the line on which it begins, the first being 1. */
export function literalsByLine(file: string, text: string): readonly { readonly literal: unknown; readonly line: number }[] {
  const calls: unknown[] = []
  collectCalls(parse(file, text), calls)
  return calls.map((call) => ({ literal: valueOf(listOf(call, 'arguments')[0]), line: lineAt(text, field(call, 'start')) }))
}

/** Labels that a suite or a scenario gives its judgements with `as`, in the order of the text. */
export function judgementLabels(file: string, text: string): readonly string[] {
  const labels: string[] = []
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if (field(node, 'type') === 'Property' && keyOf(field(node, 'key')) === 'as') {
      const label = valueOf(field(node, 'value'))
      if (typeof label === 'string') labels.push(label)
    }
    for (const child of Object.values(node)) collect(child)
  }
  collect(parse(file, text))
  return labels
}

function unknownMutant(name: string): string {
  return `names ${name}, which is not a mutant.${didYouMean(name, Object.keys(mutants))}`
}

/** Features of which Holdfast knows whether a cluster has them. */
const knownFeatures: readonly string[] = profileFeatures.velero

function isKnownOrOwn(name: string): boolean {
  return knownFeatures.includes(name) || isOwnFeature(name)
}

function unknownFeature(name: string): string {
  return `names ${name}, which is no feature.${didYouMean(name, knownFeatures)} One of your own is written as example.com/${name || 'Name'}`
}

function parse(file: string, text: string): unknown {
  const isScript = /\.[cm]?js$/.test(file)
  try {
    return parseAst(text, { lang: isScript ? 'js' : 'ts' })
  } catch (error) {
    const place = error instanceof Error && 'pos' in error ? ` line ${lineAt(text, error.pos)}` : ''
    const [first = '', second] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new UsageError(`Suite ${file}${place} is not valid ${isScript ? 'JavaScript' : 'TypeScript'}: ${second ?? first}.`, {
      fix: 'Correct that line.',
    })
  }
}

function lineAt(text: string, offset: unknown): number {
  return text.slice(0, typeof offset === 'number' ? offset : 0).split('\n').length
}

function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Readonly<Record<string, unknown>>)[name] : undefined
}

function listOf(node: unknown, name: string): readonly unknown[] {
  const list = field(node, name)
  return Array.isArray(list) ? list : []
}

/** A call of a named function, or an import, in a program. */
export interface ProgramPart {
  readonly type: 'call' | 'import'
  /** Name of the function, or of the module. */
  readonly name: string
  readonly line: number
  /** Whether an import is of types alone. */
  readonly isType: boolean
}

/** The calls and imports of a program, read from its text. Throws a `UsageError` for a text that is none. */
export function programParts(file: string, text: string): readonly ProgramPart[] {
  const parts: ProgramPart[] = []
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const [type, line] = [field(node, 'type'), lineAt(text, field(node, 'start'))]
    const [callee, source] = [field(field(node, 'callee'), 'name'), field(field(node, 'source'), 'value')]
    if (type === 'CallExpression' && typeof callee === 'string') parts.push({ type: 'call', name: callee, line, isType: false })
    if (type === 'ImportDeclaration' && typeof source === 'string')
      parts.push({ type: 'import', name: source, line, isType: field(node, 'importKind') === 'type' })
    for (const child of Object.values(node)) collect(child)
  }
  collect(parse(file, text))
  return parts
}

function collectCalls(node: unknown, found: unknown[]): void {
  if (typeof node !== 'object' || node === null) return
  if (field(node, 'type') === 'CallExpression' && field(field(node, 'callee'), 'name') === 'conformance') found.push(node)
  for (const child of Object.values(node)) collectCalls(child, found)
}

function valueOf(node: unknown): unknown {
  switch (field(node, 'type')) {
    case 'Literal':
      return field(node, 'value')
    case 'ObjectExpression':
      return Object.fromEntries(
        listOf(node, 'properties').map((property) => [keyOf(field(property, 'key')), valueOf(field(property, 'value'))]),
      )
    case 'ArrayExpression':
      return listOf(node, 'elements').map((element) => valueOf(element))
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return valueOf(field(node, 'expression'))
    case 'TemplateLiteral':
      return listOf(node, 'expressions').length === 0 ? field(field(listOf(node, 'quasis')[0], 'value'), 'cooked') : undefined
    case 'BinaryExpression':
      return joined(valueOf(field(node, 'left')), valueOf(field(node, 'right')))
    default:
      return undefined
  }
}

function joined(left: unknown, right: unknown): string | undefined {
  return typeof left === 'string' && typeof right === 'string' ? left + right : undefined
}

function keyOf(node: unknown): string {
  const key = field(node, 'name') ?? field(node, 'value')
  return typeof key === 'string' ? key : ''
}
