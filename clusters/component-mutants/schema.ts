import { z } from 'zod'

const lines = z.string().min(1)

const mutantSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be words of lower-case letters, joined by hyphens'),
  /** What is broken, in one sentence. */
  description: z.string().regex(/^[A-Z].*\.$/, 'must be a sentence'),
  /** Go module, where it is another than that of the component. */
  module: z.string().optional(),
  /** File within the Go module. */
  file: z.string().regex(/\.go$/),
  as: z.enum(['expression', 'statement', 'before']).default('expression'),
  type: z.string().default('bool'),
  after: lines.optional(),
  what: lines,
  instead: z.string(),
  /** Entry of the ledger whose sentence it breaks. */
  breaks: z.templateLiteral([z.string(), '.', z.string()]),
  /** Guarantee that must come out Failed under it. */
  killedBy: z.templateLiteral([z.string(), '/', z.string()]),
  /** Why no guarantee can tell it from the unmodified component; absent where one must. */
  equivalent: z.string().regex(/\.$/, 'must be a sentence').optional(),
})

/** Schema of a file in `data/`: the mutants of one component. */
export const componentMutantsSchema = z.strictObject({
  component: z.string(),
  /** Go module of the files, where a mutant names no other. */
  module: z.string(),
  mutants: z.array(mutantSchema).min(1),
})
