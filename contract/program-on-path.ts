import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryPrefix } from './owner.ts'

/**
 * Puts a program before the real one of that name on the `PATH` until the test that calls this is over: a script that gets the directory it
 * lies in, which is its own. Returns that directory; both are gone after the test.
 */
export function programOnPath(name: string, script: (directory: string) => string, interpreter = '/bin/sh'): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const path = process.env['PATH'] ?? ''
  onTestFinished(() => {
    process.env['PATH'] = path
    rmSync(directory, { recursive: true })
  })
  const program = join(directory, name)
  writeFileSync(program, `#!${interpreter}\n${script(directory)}\n`)
  chmodSync(program, 0o755)
  process.env['PATH'] = `${directory}${delimiter}${path}`
  return directory
}
