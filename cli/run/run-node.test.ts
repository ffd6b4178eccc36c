import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { runNode } from './run-node.ts'

let directory: string
const root = join(import.meta.dirname, '..', '..')

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

function script(name: string, text: string): string {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}

/** A script that names its process in a file once it runs, and then stays. */
function staying(whenInterrupted: string): string {
  return script(
    'staying.mjs',
    `import { renameSync, writeFileSync } from 'node:fs'
     process.on('SIGINT', () => ${whenInterrupted})
     setInterval(() => undefined, 1000)
     writeFileSync(${JSON.stringify(join(directory, 'draft'))}, String(process.pid))
     renameSync(${JSON.stringify(join(directory, 'draft'))}, ${JSON.stringify(join(directory, 'pid'))})`,
  )
}

async function pidOfStaying(): Promise<number> {
  const path = join(directory, 'pid')
  const changes = watch(directory)
  try {
    while (!existsSync(path)) await once(changes, 'change')
    return Number(readFileSync(path, 'utf8'))
  } finally {
    changes.close()
  }
}

test('returns the exit code of the child', async () => {
  const signal = new AbortController().signal
  expect(await runNode({ root, args: [script('three.mjs', 'process.exit(3)')], signal })).toBe(3)
})

test('an abort reaches the child as SIGINT, and its own ending counts', async () => {
  const controller = new AbortController()
  const running = runNode({ root, args: [staying('process.exit(42)')], signal: controller.signal })
  await pidOfStaying()
  controller.abort()
  expect(await running).toBe(42)
})

test.each([
  ['cleans up within its grace and counts', 5, 42],
  ['is killed after it', 0.1, null],
])('a child that takes a second to end %s', async (_, graceSeconds, code) => {
  const controller = new AbortController()
  const args = [staying('setTimeout(() => process.exit(42), 1000)')]
  const running = runNode({ root, args, signal: controller.signal, graceSeconds })
  await pidOfStaying()
  controller.abort()
  expect(await running).toBe(code)
})

test('nothing is started after an abort', async () => {
  const controller = new AbortController()
  controller.abort()
  expect(await runNode({ root, args: [staying('undefined')], signal: controller.signal })).toBeNull()
  expect(existsSync(join(directory, 'pid'))).toBe(false)
})

test('a runner that is killed outright takes its child with it', async () => {
  const runner = script(
    'runner.ts',
    `import { runNode } from '${pathToFileURL(join(import.meta.dirname, 'run-node.ts')).href}'
     await runNode({ root: ${JSON.stringify(root)}, args: [${JSON.stringify(staying('undefined'))}], signal: new AbortController().signal })`,
  )
  const runnerProcess = spawn(process.execPath, [runner], { stdio: ['ignore', 'ignore', 'inherit'] })
  const pid = await pidOfStaying()
  runnerProcess.kill('SIGKILL')
  await once(runnerProcess, 'exit')
  await expect(vi.waitUntil(() => !isRunning(pid), { timeout: 60_000 })).resolves.toBe(true)
})

function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch {
    return false
  }
}
