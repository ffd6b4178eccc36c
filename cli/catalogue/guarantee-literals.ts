import { parseAst } from 'rolldown/parseAst'
import { z } from 'zod'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { isMutantName, mutants } from '../../clusters/mutants/catalogue.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { UsageError } from '../shell/usage-error.ts'

const schema = z.strictObject({
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

/** Reads the guarantees of one suite from its text, without running it. Throws when a guarantee is not a plain literal. */
export function guaranteeLiterals(file: string, text: string): readonly Guarantee[] {
  return writtenLiterals(file, text).map((literal) => {
    const parsed = schema.safeParse(literal)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw new UsageError(`Suite ${file} has a guarantee whose ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}.`, {
        fix: 'Write the guarantee as a plain literal with id, statement, level, source, requires, mutants and proves.',
      })
    }
    return parsed.data as Guarantee
  })
}

/** The literals that a suite of any version calls guarantees, as they are written. */
export function writtenLiterals(file: string, text: string): readonly unknown[] {
  const calls: unknown[] = []
  collectCalls(parse(file, text), calls)
  return calls.map((call) => valueOf(listOf(call, 'arguments')[0]))
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

function parse(file: string, text: string): unknown {
  try {
    return parseAst(text, { lang: 'ts' })
  } catch (error) {
    throw new UsageError(`Suite ${file} is not valid TypeScript: ${error instanceof Error ? error.message : String(error)}`, {
      fix: 'Correct the file; "npm run check" shows the place.',
    })
  }
}

function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Readonly<Record<string, unknown>>)[name] : undefined
}

function listOf(node: unknown, name: string): readonly unknown[] {
  const list = field(node, name)
  return Array.isArray(list) ? list : []
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
