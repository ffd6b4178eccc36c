import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { temporaryPrefix } from '../../contract/owner.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the whole runs that unit tests have unpacked. */
    readonly unpackedRuns: string
  }
}

/** Vitest calls it before all unit tests: makes the directory that `wholeRun` unpacks into. Returns what removes it behind them. */
export function setup({ provide }: Pick<TestProject, 'provide'>): () => void {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  provide('unpackedRuns', directory)
  return () => rmSync(directory, { recursive: true })
}
