import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { programOnPath } from '../../contract/program-on-path.ts'
import { askEngine, engine, EngineError, engineInto, engineLines, inspect, pipeEngine, reasonIn } from './container-engine.ts'
import { projectRoot } from '../directories.ts'

/** A program in place of the engine. */
function answers(script: string): void {
  programOnPath('docker', () => script)
}

test('what the engine prints comes back without its last line end, and as lines', async () => {
  answers('printf "one\\ntwo\\n"')
  expect(await engine(['ps'])).toBe('one\ntwo')
  expect(await engineLines(['ps'])).toEqual(['one', 'two'])
})

test('a refusal is one sentence with the command and the words of the engine', async () => {
  answers('echo "Error response from daemon: network holdfast-a has active endpoints" >&2; exit 1')
  const refused = engine(['network', 'rm', 'holdfast-a'])
  await expect(refused).rejects.toThrow(EngineError)
  await expect(refused).rejects.toThrow('"docker network rm holdfast-a" failed: network holdfast-a has active endpoints.')
  expect(await askEngine(['network', 'rm', 'holdfast-a'])).toBeUndefined()
})

test('a command that takes too long ends at its limit', async () => {
  answers('exec sleep 60')
  await expect(engine(['pull', 'a'], { seconds: 0.2 })).rejects.toThrow('"docker pull a" did not end within 0.2 s.')
})

test('all that a command prints is in its file, and why it failed in its error', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('printed')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'step.log')
  writeFileSync(file, 'begun\n')
  answers('echo "[upgrade] Running"; echo "error: no space left" >&2; echo "To see the stack trace, use --v=5" >&2; exit 1')
  await expect(engineInto(['exec', 'node', 'kubeadm'], file)).rejects.toMatchObject({ why: 'error: no space left' })
  const printed = readFileSync(file, 'utf8')
  for (const line of ['begun', '[upgrade] Running', 'error: no space left', 'use --v=5']) expect(printed).toContain(line)
})

test('what is given from one command to another names the one that failed, with its words', async () => {
  answers(
    'case "$1" in save) printf abc; [ "$2" != torn ] || { echo "no such image" >&2; exit 1; };; *) [ "$(cat)" = abc ] && [ "$2" != full ] || { echo "ctr: no space left" >&2; exit 1; };; esac',
  )
  await expect(pipeEngine(['save', 'whole'], ['load', 'here'])).resolves.toBeUndefined()
  await expect(pipeEngine(['save', 'whole'], ['load', 'full'])).rejects.toThrow('"docker load full" failed: ctr: no space left.')
  await expect(pipeEngine(['save', 'torn'], ['load', 'here'])).rejects.toThrow('"docker save torn" failed: no such image.')
  await expect(pipeEngine(['save', 'torn'], ['load', 'full'])).rejects.toThrow('"docker save torn" failed: no such image.')
})

test.each([
  ['error: it is full\nhint', 'error: it is full'],
  ['one\n\t[ERROR CoreDNSMigration]: no\nhint', '[ERROR CoreDNSMigration]: no'],
  ['one\ntwo\n', 'two'],
  ['', ''],
])('of %j, %j says why', (printed, why) => {
  expect(reasonIn(printed)).toBe(why)
})

test('where there is no engine, that is said', async () => {
  process.env['PATH'] = programOnPath('other', () => ':')
  await expect(engine(['ps'])).rejects.toThrow(EngineError)
  expect(await askEngine(['ps'])).toBeUndefined()
})

test('of several objects those that are gone are left out, and any other refusal is an error', async () => {
  answers(`echo '{"Name":"a"}'; echo "Error response from daemon: No such container: b" >&2; exit 1`)
  expect(await inspect('container', ['a', 'b'])).toEqual([{ Name: 'a' }])
  answers('echo "permission denied" >&2; exit 1')
  await expect(inspect('container', ['a'])).rejects.toThrow('permission denied')
  expect(await inspect('container', [])).toEqual([])
})

test('no other module of clusters/ starts the engine', () => {
  const sources = globSync('clusters/**/*.ts', { cwd: projectRoot }).filter((file) => !file.endsWith('.test.ts'))
  const callers = sources.filter((file) => /(?:execa|spawn|pipe)\(\s*'docker'/.test(readFileSync(join(projectRoot, file), 'utf8')))
  expect(callers).toEqual(['clusters/machine/container-engine.ts'])
})
