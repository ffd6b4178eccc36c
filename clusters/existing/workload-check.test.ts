import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../directories.ts'
import { workloadCheck } from './workload-check.ts'

/** What the check says of a program; nothing where it is content. */
async function saidOf(program: string): Promise<string> {
  const check = await workloadCheck(program)
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` }
  return spawnSync('bash', ['-c', `fail() { echo "$1"; exit 1; }\n${check}`], { encoding: 'utf8', env }).stdout.trim()
}

function programThat(does: string): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'workload.mjs')
  writeFileSync(path, does)
  return path
}

test('the program of this checkout passes', async () => {
  expect(await saidOf(join(projectRoot, 'harness/vocabulary/data/workload/main.ts'))).toBe('')
})

test('an image without the program is told so', async () => {
  expect(await saidOf('/nowhere/workload.mjs')).toBe('it has no /nowhere/workload.mjs')
})

test('another program is told from that of Holdfast', async () => {
  const path = programThat('console.log("hello")')
  expect(await saidOf(path)).toBe(`its ${path} is not the program of Holdfast`)
})

test('the program of another version is told by the command that it lacks', async () => {
  const path = programThat('console.error("Usage: workload.mjs <manifest | fill | df> <directory>"); process.exitCode = 3')
  expect(await saidOf(path)).toBe(`its ${path} is of another version of Holdfast and has no command populate`)
})
