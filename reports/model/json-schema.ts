import { z } from 'zod'

/** A schema as the text of a checked-in JSON Schema. */
export function jsonSchemaText(title: string, schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'output' })
  return `${JSON.stringify({ title, ...json }, null, 2)}\n`
}
