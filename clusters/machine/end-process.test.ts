import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { endProcess } from './end-process.ts'

/** Starts a detached process, as the container engine is one. */
async function startScript(script: string) {
  const child = spawn('sh', ['-c', `${script}; echo ready; while :; do sleep 0.1; done`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  child.unref()
  return child
}

test('a process ends, and is waited for', async () => {
  const child = await startScript('true')
  expect(await endProcess(child, { seconds: 60 })).toBe(true)
  expect(child.signalCode).toBe('SIGTERM')
  expect(await endProcess(child, { seconds: 60 })).toBe(true)
})

test('one that does not end is given up after its time', async () => {
  const child = await startScript('trap "" TERM')
  expect(await endProcess(child, { seconds: 0.3 })).toBe(false)
  expect(child.signalCode).toBe(null)
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
})
