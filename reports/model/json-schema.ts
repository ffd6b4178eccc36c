import { z } from 'zod'
import { conformanceReportSchema } from './conformance-report.ts'

/** The checked-in JSON Schema as text. */
export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(conformanceReportSchema, { target: 'draft-2020-12', io: 'output' })
  return `${JSON.stringify({ title: 'ConformanceReport', ...schema }, null, 2)}\n`
}
