import { existsSync, readdirSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { setup } from './unpacked-runs.ts'
import { wholeRun, wholeRuns } from './whole-run.ts'

test('a whole run that several ask for at once is unpacked into one directory, and nothing else is left', async () => {
  const [name] = wholeRuns
  const directories = await Promise.all([wholeRun(name), wholeRun(name), wholeRun(name)])
  expect(new Set(directories).size).toBe(1)
  expect(existsSync(`${directories[0]}/evidence/statefulset/ordered-startup/history.jsonl`)).toBe(true)
  expect(await wholeRun(name)).toBe(directories[0])
  expect(readdirSync(inject('unpackedRuns'))).toContain(name)
})

test('what was unpacked is gone behind the tests', () => {
  const provided = new Map<string, unknown>()
  const tearDown = setup({ provide: (name, value) => provided.set(name, value) })
  const directory = provided.get('unpackedRuns') as string
  expect(existsSync(directory)).toBe(true)
  tearDown()
  expect(existsSync(directory)).toBe(false)
})
