import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { mutatedSource } from './edit-source.ts'
import { inForceLine, mutantVariable, reachedLine, switchFile, switchFileName } from './switch-file.ts'

const hasGo = !(await execa('go', ['version'], { reject: false })).failed
const source = `package main

import (
	"os"
	"os/exec"
)

func main() {
	if len(os.Args) > 1 {
		exec.Command(os.Args[1], os.Args[2:]...).Run()
		return
	}
	if true {
		println("kept")
	}
}
`
// False the first time: what a mutant may remember is empty at the start.
const known = 'func() bool { _, known := holdfastMemory.LoadOrStore("seen", holdfastStarted); return known }()'
const edit = { name: 'not-kept', as: 'expression', type: 'bool', after: 'return', what: 'true', instead: known } as const

let directory: string
let built: string

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  built = join(directory, 'program')
  if (!hasGo) return
  writeFileSync(join(directory, 'go.mod'), 'module example.com/p\n\ngo 1.21\n')
  writeFileSync(join(directory, 'main.go'), mutatedSource(source, [edit]))
  writeFileSync(join(directory, switchFileName), switchFile('main', ['not-kept']))
  await execa('go', ['build', '-o', built, '.'], { cwd: directory, env: { GOFLAGS: '', GOTOOLCHAIN: 'local', GOWORK: 'off' } })
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

test.skipIf(!hasGo)('a program has the mutant that the variable names, says so, and has none without it', async () => {
  const run = async (mutant: string) => (await execa(built, { all: true, env: { [mutantVariable]: mutant } })).all.split('\n')
  expect(await run('')).toEqual(['kept'])
  expect(await run('another')).toEqual(['kept'])
  expect(await run('not-kept')).toEqual([inForceLine('not-kept'), reachedLine('not-kept')])
})

/** What the first program prints to a pipe, as that of a container does, when it runs the second and drops what that prints. */
async function printedBy(...programs: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await execa('sh', ['-c', '"$0" "$@" 2>&1 | cat', ...programs], { env: { [mutantVariable]: 'not-kept' } })
  return stdout.split('\n')
}

test.skipIf(!hasGo)('what a process prints that its own program started is printed by that one', async () => {
  const [started, reached] = [inForceLine('not-kept'), reachedLine('not-kept')]
  expect(await printedBy(built, built)).toEqual([started, started, reached])
  copyFileSync(built, join(directory, 'another'))
  expect(await printedBy(built, join(directory, 'another'))).toEqual([started])
})
