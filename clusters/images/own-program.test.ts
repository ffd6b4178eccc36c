import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { programMap } from '../../contract/workload.ts'
import { withProgram } from './own-program.ts'

test('settings that ask for no program stay as they are', async () => {
  const config = { workload: { allowTraffic: true } }
  expect(await withProgram(config)).toBe(config)
  expect((await withProgram({})).workload).toBeUndefined()
})

test('the program is one file that runs by itself, and fits into a ConfigMap', async () => {
  const { workload } = await withProgram({ workload: { programFromConfigMap: true } })
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('program')))
  const file = join(directory, 'workload.mjs')
  await writeFile(file, workload?.program ?? '')
  // Without a command it tells those that it knows, and ends with an error.
  const usage = await new Promise<string>((resolve) => execFile(process.execPath, [file], (_error, _stdout, stderr) => resolve(stderr)))
  await rm(directory, { recursive: true })
  expect(usage).toContain('Usage: workload.mjs <')
  expect(JSON.stringify(programMap(workload?.program ?? '')).length).toBeLessThan(2 ** 18)
})
