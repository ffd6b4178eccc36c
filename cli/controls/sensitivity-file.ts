import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeJson } from '../run/run-directory.ts'
import type { KillRow, Sensitivity } from './kill-table.ts'

/** Adds rows to `sensitivity.json` of a run. What is there stays, but for earlier rows of the same mutants and guarantees. */
export function addRows(runDirectory: string, rows: readonly KillRow[]): void {
  const path = join(runDirectory, 'sensitivity.json')
  const former = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Sensitivity).rows : []
  const isNew = (old: KillRow) => rows.some(({ mutant, guarantee }) => mutant === old.mutant && guarantee === old.guarantee)
  writeJson(path, { schemaVersion: 1, rows: [...former.filter((old) => !isNew(old)), ...rows] } satisfies Sensitivity)
}
