import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { runCommandLine } from '../command-line.ts'
import { parseSettings } from '../plan/config.ts'

let directory: string
let printed: { readonly out: string[]; readonly err: string[] }

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

beforeEach(() => {
  vi.stubEnv('KUBECONFIG', join(directory, 'none'))
  printed = { out: [], err: [] }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.out.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.err.push(String(text)) > 0)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = undefined
})

test('a file is written that the settings are read from', async () => {
  const file = join(directory, 'new.yaml')
  await runCommandLine(['init', '--output', file])
  expect(printed).toEqual({ out: [`Wrote ${file}.\n`], err: [] })
  expect(parseSettings(file, readFileSync(file, 'utf8'))).toEqual({})
})

test('with --stdout nothing else is printed, and nothing is written', async () => {
  await runCommandLine(['init', '--stdout'])
  expect(printed.err).toEqual([])
  expect(parseSettings('holdfast.yaml', printed.out.join(''))).toEqual({})
})

test('a file that exists is left as it is', async () => {
  const file = join(directory, 'mine.yaml')
  writeFileSync(file, 'workers: 3\n')
  await runCommandLine(['init', '--output', file])
  expect(process.exitCode).toBe(3)
  expect(printed.err).toEqual([
    `${file} exists already and is left as it is. Give --output another file, or print the settings with --stdout.\n`,
  ])
  expect(readFileSync(file, 'utf8')).toBe('workers: 3\n')
})

test('a file that cannot be written is refused in one sentence', async () => {
  const file = join(directory, 'no', 'folder.yaml')
  await runCommandLine(['init', '--output', file])
  expect(process.exitCode).toBe(3)
  expect(printed.err).toEqual([`${file} cannot be written (ENOENT). Give --output a file in a directory that you may write to.\n`])
})
