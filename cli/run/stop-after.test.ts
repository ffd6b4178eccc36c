import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { requireRunHere, withStopAfterFlag } from './stop-after.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

/** Runs a script that has stopAfterMinutes and withInterruption, and says how it ended. */
async function ended(script: string): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const moduleOf = (name: string) => pathToFileURL(join(import.meta.dirname, name)).href
  const file = join(directory, 'run.ts')
  writeFileSync(
    file,
    `import { stopAfterMinutes } from '${moduleOf('stop-after.ts')}'
     import { withInterruption } from '${moduleOf('with-interruption.ts')}'
     ${script}`,
  )
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>])
  return { code, lines: printed.trim().split('\n') }
}

test('a run that has had its time cleans up and ends as with SIGTERM', async () => {
  const script = `stopAfterMinutes({ stopAfter: 0.01 })
    const tooLong = setTimeout(() => process.exit(9), 60_000)
    process.exitCode = await withInterruption(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      console.log('cleaned up')
      return 0
    })
    clearTimeout(tooLong)`
  const stopping = 'SIGTERM: stopping the run, keeping the evidence so far and cleaning up (up to a minute).'
  expect(await ended(script)).toEqual({ code: 143, lines: ['The run has had its 0.01 minutes.', stopping, 'cleaned up'] })
})

test.each(['stopAfterMinutes({ stopAfter: 60 })', 'stopAfterMinutes({})'])('%s keeps no run from ending earlier', async (limit) => {
  expect(await ended(`${limit}\nconsole.log('done')`)).toEqual({ code: 0, lines: ['done'] })
})

test.each(['0', '-1', 'soon', '10000', '5m'])('--stop-after %s is refused', (minutes) => {
  const command = withStopAfterFlag(new Command().exitOverride().configureOutput({ writeErr: () => undefined }))
  expect(() => command.parse([`--stop-after=${minutes}`], { from: 'user' })).toThrow('a number of minutes, above 0 and at most 9999')
})

test.each([
  [{ detach: true }, '--stop-after and --detach cannot be used together: nothing runs here.'],
  [{ manifests: 'run.yaml' }, '--stop-after and --manifests cannot be used together: nothing runs here.'],
])('a limit of what does not run here is refused: %j', (flags, sentence) => {
  expect(() => requireRunHere({ stopAfter: 5, ...flags })).toThrow(sentence)
  expect(() => requireRunHere(flags)).not.toThrow()
})
