import { comparisonSchema } from './compare/comparison.ts'
import { conformanceReportSchema } from './model/conformance-report.ts'
import { jsonSchemaText } from './model/json-schema.ts'

/** The checked-in JSON Schemas beside this file, by name, as they are to be. `node reports/write-schema.ts` writes them. */
export const schemaTexts = {
  'conformance-report.schema.json': jsonSchemaText('ConformanceReport', conformanceReportSchema),
  'comparison.schema.json': jsonSchemaText('Comparison', comparisonSchema),
} as const
