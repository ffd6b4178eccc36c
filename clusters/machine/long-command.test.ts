import { pbkdf2 } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
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

test('commands that run side by side say which of them is done', async () => {
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const [first, second] = ['building one', 'building other'].map(async (title) =>
    longCommand({ title, command: 'sleep', arguments: ['0.1'], log }),
  )
  await Promise.all([first, second])
  await longCommand({ title: 'building alone', command: 'true', arguments: [], log })
  const ends = lines.filter((line) => line.startsWith('  done')).map((line) => line.replace(/\d+ s/, '0 s'))
  expect(ends.toSorted()).toEqual(['  done in 0 s', '  done in 0 s (building one)', '  done in 0 s (building other)'])
})

test('the log file of a command is there by its end, however slow the disk is', async () => {
  // File operations wait for a thread that is free, behind these.
  const occupyThreads = () => Array.from({ length: 8 }, () => pbkdf2('nothing', 'salt', 100_000, 64, 'sha512', () => undefined))
  await longCommand({ title: 'saying nothing', command: 'true', arguments: [], log: occupyThreads })
  expect(readdirSync(join(cache, 'holdfast', 'logs'))).toEqual([`saying-nothing-${process.pid}.log`])
})
