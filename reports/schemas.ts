import { z } from 'zod'
import { comparisonSchema } from './compare/comparison.ts'
import { knownFailuresSchema } from './known-failures/known-failure.ts'
import { conformanceReportSchema } from './model/conformance-report.ts'

/** A JSON Schema that is checked in beside this file. */
export interface CheckedInSchema {
  readonly file: string
  /** The module that it is made of, from the root of the checkout. */
  readonly source: string
  readonly text: string
}

/** The schema of `report.json`. */
export function reportSchema(): CheckedInSchema {
  return {
    file: 'conformance-report.schema.json',
    source: 'reports/model/conformance-report.ts',
    text: textOf('ConformanceReport', conformanceReportSchema, 'output'),
  }
}

/**
 * The checked-in JSON Schemas as they are to be: of what Holdfast writes, and of what a user writes. `node reports/write-schema.ts` writes
 * them.
 */
export function jsonSchemas(): readonly CheckedInSchema[] {
  return [
    reportSchema(),
    { file: 'comparison.schema.json', source: 'reports/compare/comparison.ts', text: textOf('Comparison', comparisonSchema, 'output') },
    {
      file: 'known-failures.schema.json',
      source: 'reports/known-failures/known-failure.ts',
      text: textOf('KnownFailures', knownFailuresSchema, 'input'),
    },
  ]
}

function textOf(title: string, schema: z.ZodType, io: 'input' | 'output'): string {
  return `${JSON.stringify({ title, ...z.toJSONSchema(schema, { target: 'draft-2020-12', io }) }, null, 2)}\n`
}
