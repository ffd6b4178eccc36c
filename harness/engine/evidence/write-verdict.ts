import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guarantee } from '../guarantee.ts'
import type { VerdictRecord } from '../judge/verdict-record.ts'

/** Writes the guarantee and its verdict into its evidence. */
export function writeVerdict(options: {
  readonly directory: string
  readonly guarantee: Guarantee
  readonly verdict: Omit<VerdictRecord, 'id' | 'statement' | 'level' | 'source'>
}): void {
  const { directory, guarantee, verdict } = options
  const { id, statement, level, source } = guarantee
  const record: VerdictRecord = { id, statement, level, source, ...verdict }
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'guarantee.json'), `${JSON.stringify(guarantee, null, 2)}\n`)
  writeFileSync(join(directory, 'verdict.json'), `${JSON.stringify(record, null, 2)}\n`)
}
