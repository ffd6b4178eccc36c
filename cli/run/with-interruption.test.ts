import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const module = pathToFileURL(join(import.meta.dirname, 'with-interruption.ts')).href
  writeFileSync(
    join(directory, 'work.ts'),
    `import { withInterruption } from '${module}'
     const held = setInterval(() => undefined, 1000)
     process.exitCode = await withInterruption(async ({ signal }) => {
       console.log('working')
       await new Promise((resolve) => signal.addEventListener('abort', resolve))
       await new Promise((resolve) => process.stdin.once('data', resolve))
       console.log('cleaned up')
       return 0
     }, process.argv[2])
     clearInterval(held)
     process.stdin.destroy()`,
  )
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends the work in order with exit code %i, and a second one does not skip the clean-up', async (signal, expected) => {
  const child = spawn(process.execPath, [join(directory, 'work.ts')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  const closed = once(child, 'close')
  for await (const line of createInterface(child.stdout)) {
    lines.push(line.replace(/:.*/, ''))
    if (lines.length <= 2) child.kill(signal)
    if (lines.length === 3) child.stdin.write('go\n')
  }
  const [code] = (await closed) as [number]
  expect({ code, lines }).toEqual({ code: expected, lines: ['working', signal, `${signal} again`, 'cleaned up'] })
})

test.each([
  [[], 'SIGINT: stopping the run, keeping the evidence so far and cleaning up (up to a minute).'],
  [['stopping, and taking back what was begun'], 'SIGINT: stopping, and taking back what was begun.'],
])('with %j it says what is stopped', async (words, sentence) => {
  const child = spawn(process.execPath, [join(directory, 'work.ts'), ...words], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  const closed = once(child, 'close')
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (lines.length === 1) child.kill('SIGINT')
    if (lines.length === 2) child.stdin.write('go\n')
  }
  await closed
  expect(lines).toEqual(['working', sentence, 'cleaned up'])
})
