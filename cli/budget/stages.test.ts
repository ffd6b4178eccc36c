import { expect, onTestFinished, test, vi } from 'vitest'
import { startStages } from './stages.ts'

test('a stage that throws is noted as a failure, and its error goes on', async () => {
  const stages = startStages()
  await stages.run('good', async () => ({ passed: 3, failed: 0, skipped: 1 }))
  await stages.run('without tests', async () => undefined)
  await expect(stages.run('bad', () => Promise.reject(new Error('no engine')))).rejects.toThrow('no engine')
  expect(stages.done.map(({ name, passed, failed, skipped }) => ({ name, passed, failed, skipped }))).toEqual([
    { name: 'good', passed: 3, failed: 0, skipped: 1 },
    { name: 'without tests', passed: 0, failed: 0, skipped: 0 },
    { name: 'bad', passed: 0, failed: 1, skipped: 0 },
  ])
  expect(stages.done.map(({ failedTests }) => failedTests)).toEqual([
    undefined,
    undefined,
    [{ name: 'the stage itself', message: expect.stringMatching(/^Error: no engine/) }],
  ])
})

test('a stage that is attempted costs those after it nothing, and its error is printed', async () => {
  const printed: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  onTestFinished(() => spy.mockRestore())
  const stages = startStages()
  await stages.attempt('nothing left', () => Promise.reject(new Error('no engine')))
  await stages.attempt('engine down', async () => undefined)
  expect(stages.done.map(({ name, failed }) => [name, failed])).toEqual([
    ['nothing left', 1],
    ['engine down', 0],
  ])
  expect(printed.join('')).toContain('nothing left failed: Error: no engine')
})
