import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { parseSettings } from '../plan/config.ts'
import { said } from '../testing/said.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

beforeEach(() => {
  vi.stubEnv('KUBECONFIG', join(directory, 'none'))
})

afterEach(() => {
  vi.unstubAllEnvs()
})

test('a file is written that the settings are read from', async () => {
  const file = join(directory, 'new.yaml')
  expect(await said('init', '--output', file)).toEqual([undefined, `Wrote ${file}.\n`])
  expect(parseSettings(file, readFileSync(file, 'utf8'))).toEqual({})
})

test('with --stdout nothing else is printed, and nothing is written', async () => {
  const [code, text] = await said('init', '--stdout')
  expect(code).toBeUndefined()
  expect(parseSettings('holdfast.yaml', text)).toEqual({})
})

test('a file that exists is left as it is', async () => {
  const file = join(directory, 'mine.yaml')
  writeFileSync(file, 'workers: 3\n')
  expect(await said('init', '--output', file)).toEqual([
    3,
    `${file} exists already and is left as it is. Give --output another file, or print the settings with --stdout.\n`,
  ])
  expect(readFileSync(file, 'utf8')).toBe('workers: 3\n')
})

test('a file that cannot be written is refused in one sentence', async () => {
  const file = join(directory, 'no', 'folder.yaml')
  expect(await said('init', '--output', file)).toEqual([
    3,
    `${file} cannot be written (ENOENT). Give --output a file in a directory that you may write to.\n`,
  ])
})
