import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../directories.ts'
import { exitWithoutProgram, workloadCheck } from './workload-check.ts'

/** What the check says of a program, and its exit code; nothing and 0 where it is content. */
async function saidOf(program: string): Promise<readonly [said: string, code: number | null]> {
  const check = await workloadCheck(program)
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` }
  const fail = 'fail() { echo "$1"; exit "${2:-1}"; }'
  const { stdout, status } = spawnSync('bash', ['-c', `${fail}\n${check}`], { encoding: 'utf8', env })
  return [stdout.trim(), status]
}

function programThat(does: string): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'workload.mjs')
  writeFileSync(path, does)
  return path
}

test('the program of this checkout passes', async () => {
  expect(await saidOf(join(projectRoot, 'harness/vocabulary/data/workload/main.ts'))).toEqual(['', 0])
})

test('an image without the program is told so', async () => {
  expect(await saidOf('/nowhere/workload.mjs')).toEqual(['it has no /nowhere/workload.mjs', exitWithoutProgram])
})

test('another program is told from that of Holdfast', async () => {
  const path = programThat('console.log("hello")')
  expect(await saidOf(path)).toEqual([`its ${path} is not the program of Holdfast`, 1])
})

test('the program of another version is told by the command that it lacks', async () => {
  const path = programThat('console.error("Usage: workload.mjs <manifest | fill | df> <directory>"); process.exitCode = 3')
  expect(await saidOf(path)).toEqual([`its ${path} is of another version of Holdfast and has no command populate`, 1])
})
