import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../contract/owner.ts'

interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

async function answerOf(program: string, args: readonly string[]): Promise<Answer> {
  const child = spawn(program, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'close')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await exited) as [number]
  return { code, out, err }
}

async function holdfast(...args: readonly string[]): Promise<Answer> {
  return answerOf(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args])
}

test.concurrent.each([
  [['run', '--retian'], 'Unknown flag --retian for "holdfast run". Did you mean --retain?'],
  [['run', '--config', 'none.yaml'], 'none.yaml does not exist.'],
])('a process that was given wrong input ends with exit code 3: %s', async (args, sentence) => {
  const { code, out, err } = await holdfast(...args)
  expect(err).toContain(sentence)
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 3, out: '', lines: 1 })
})

test.concurrent('whoever reads late gets all that was printed', async () => {
  const command = `'${process.execPath}' '${join(import.meta.dirname, 'main.ts')}' guarantees --json | (sleep 2; cat)`
  const { out } = await answerOf('sh', ['-c', command])
  expect(JSON.parse(out)).toHaveProperty('length')
})

test('help names every command and succeeds', async () => {
  const { code, out } = await holdfast('--help')
  for (const command of ['run', 'test', 'check', 'up', 'down', 'list', 'sweep', 'doctor', 'recheck', 'sensitivity'])
    expect(out).toContain(command)
  expect(code).toBe(0)
})

test('./holdfast works through a symlink, from another directory, without standard input', async () => {
  const link = join(directory, 'link')
  symlinkSync(join(import.meta.dirname, '..', 'holdfast'), link)
  const { code, err } = await answerOf(link, ['swep'])
  expect({ code, err }).toEqual({
    code: 3,
    err: 'Unknown command swep. Did you mean sweep? Run "holdfast --help" to see how to use it.\n',
  })
})
