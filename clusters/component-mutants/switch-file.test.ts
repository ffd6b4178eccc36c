import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { mutatedSource } from './edit-source.ts'
import { inForceLine, mutantVariable, reachedLine, switchFile, switchFileName } from './switch-file.ts'

const hasGo = !(await execa('go', ['version'], { reject: false })).failed
const source = 'package main\n\nfunc main() {\n\tif true {\n\t\tprintln("kept")\n\t}\n}\n'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

test.skipIf(!hasGo)('a program has the mutant that the variable names, says so, and has none without it', async () => {
  // False the first time: what a mutant may remember is empty at the start.
  const known = 'func() bool { _, known := holdfastMemory.LoadOrStore("seen", holdfastStarted); return known }()'
  const edit = { name: 'not-kept', as: 'expression', type: 'bool', what: 'true', instead: known } as const
  writeFileSync(join(directory, 'go.mod'), 'module example.com/p\n\ngo 1.21\n')
  writeFileSync(join(directory, 'main.go'), mutatedSource(source, [edit]))
  writeFileSync(join(directory, switchFileName), switchFile('main', ['not-kept']))
  const built = join(directory, 'program')
  await execa('go', ['build', '-o', built, '.'], { cwd: directory, env: { GOFLAGS: '', GOTOOLCHAIN: 'local', GOWORK: 'off' } })
  const run = async (mutant: string) => (await execa(built, { all: true, env: { [mutantVariable]: mutant } })).all.split('\n')
  expect(await run('')).toEqual(['kept'])
  expect(await run('another')).toEqual(['kept'])
  expect(await run('not-kept')).toEqual([inForceLine('not-kept'), reachedLine('not-kept')])
})
