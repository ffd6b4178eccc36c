import { expect, test } from 'vitest'
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
})
