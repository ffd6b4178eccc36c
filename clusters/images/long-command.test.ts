import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { longCommand } from './long-command.ts'

let cache: string

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

const command = { title: 'building nothing', command: 'sh', log: () => undefined }

test('a command that is given up ends at once, by the reason for it', async () => {
  const given = new AbortController()
  const running = longCommand({ ...command, arguments: ['-c', 'echo started; exec sleep 60'], signal: given.signal, progress: end })
  function end(): string {
    given.abort(new Error('no time'))
    return ''
  }
  await expect(running).rejects.toThrow('no time')
})

test('a command that fails says so with its last lines', async () => {
  const { signal } = new AbortController()
  const failing = longCommand({ ...command, arguments: ['-c', 'echo no compiler; exit 1'], signal })
  await expect(failing).rejects.toThrow(/^Failed after \d+ s: building nothing\.\nno compiler$/)
})
