import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeFlags } from '../../contract/node-flags.mjs'
import { temporaryPrefix } from '../../contract/owner.ts'
import { runNode } from '../run/run-node.ts'
import { projectRoot } from '../shell/project-root.ts'

/** What starts something else: a proxy that a signal ends, and the program of Pods, which is small and has the usual heap. */
const ofOtherPrograms = ['cli/run/chaos.ts', 'clusters/existing/workload-check.ts', 'harness/vocabulary/data/workload/writer.ts']

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

/** A program that keeps the flags it was started with. */
function programThatKeepsFlags(): { readonly program: string; readonly flags: () => unknown } {
  const [program, kept] = ['program.mjs', 'flags'].map((name) => join(directory, name)) as [string, string]
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(kept)}, JSON.stringify(process.execArgv))\nprocess.exit()\n`,
  )
  return { program, flags: () => JSON.parse(readFileSync(kept, 'utf8')) }
}

test('no thread that compiles keeps a program of Holdfast from its end', () => {
  expect(nodeFlags).toEqual(expect.arrayContaining(['--no-concurrent-sparkplug', '--no-concurrent-recompilation']))
})

test('the command line gets the flags from whoever hands over to it', () => {
  const { program, flags } = programThatKeepsFlags()
  const handOver = pathToFileURL(join(projectRoot, 'cli', 'hand-over.mjs')).href
  const options = JSON.stringify({ node: process.execPath, main: program, fix: '' })
  const script = `import { handOver } from '${handOver}'\nhandOver(${options})`
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' })
  expect(flags()).toEqual(nodeFlags)
})

test('Vitest and what sweeps get them from the runner', async () => {
  const { program, flags } = programThatKeepsFlags()
  expect(await runNode({ root: projectRoot, args: [program], signal: new AbortController().signal })).toBe(0)
  expect(flags()).toEqual(expect.arrayContaining([...nodeFlags]))
})

test('nothing else starts a program of Holdfast without them', () => {
  const files = globSync('{cli,clusters,harness,reports,contract}/**/*.{ts,mjs}', { cwd: projectRoot })
  const starting = files.filter((file) => !/\.test\.ts$|\/(testing|crash-tests)\//.test(file) && startsNode(file))
  const without = starting.filter((file) => !readFileSync(join(projectRoot, file), 'utf8').includes('...nodeFlags'))
  expect(without.toSorted()).toEqual(ofOtherPrograms)
})

function startsNode(file: string): boolean {
  return /(?:spawn|execa|execFile|fork)\w*\(\s*(?:process\.execPath|node)\b/.test(readFileSync(join(projectRoot, file), 'utf8'))
}
