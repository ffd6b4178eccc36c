import { z } from 'zod'
import { knownFailuresSchema } from '../known-failures/known-failure.ts'
import { conformanceReportSchema } from './conformance-report.ts'

/** A JSON Schema that is checked in below `reports/`. */
export interface CheckedInSchema {
  readonly file: string
  /** The module that it is made of, from the root of the checkout. */
  readonly source: string
  readonly text: string
}

/** The checked-in JSON Schemas: of what a run writes, and of what a user writes. */
export function jsonSchemas(): readonly CheckedInSchema[] {
  return [
    {
      file: 'conformance-report.schema.json',
      source: 'reports/model/conformance-report.ts',
      text: textOf('ConformanceReport', z.toJSONSchema(conformanceReportSchema, { target: 'draft-2020-12', io: 'output' })),
    },
    {
      file: 'known-failures.schema.json',
      source: 'reports/known-failures/known-failure.ts',
      text: textOf('KnownFailures', z.toJSONSchema(knownFailuresSchema, { target: 'draft-2020-12', io: 'input' })),
    },
  ]
}

function textOf(title: string, schema: object): string {
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`
}
