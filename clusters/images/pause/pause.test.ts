import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'

/** The program with another one in the place of that which pauses. */
function pauseWith(script: string): string {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const [pause, catatonit] = [join(directory, 'pause'), join(directory, 'catatonit')]
  writeFileSync(catatonit, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  writeFileSync(pause, readFileSync(join(import.meta.dirname, 'pause.sh'), 'utf8').replace('exec /catatonit', `exec ${catatonit}`))
  return pause
}

const env = { ...process.env, PAUSE_VERSION: '3.10.2' }

test.each([[['-v']], [['-V']], [['--other', '-v']]])('it prints its version for %j and ends, as kubeadm asks it to', (args) => {
  const { status, stdout } = spawnSync('sh', [pauseWith('echo paused'), ...args], { env, encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, 'pause 3.10.2\n'])
})

test.each([[[]], [['--other', 'a b']]])('it pauses for %j', (args) => {
  const { status, stdout } = spawnSync('sh', [pauseWith('echo "paused $*"'), ...args], { env, encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, 'paused -P\n'])
})

test('what pauses is the process that was started, so that it gets the signals', async () => {
  const child = spawn('sh', [pauseWith('echo $$')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const said = new Promise<string>((resolve) => child.stdout.once('data', (text: Buffer) => resolve(text.toString())))
  await once(child, 'exit')
  expect(await said).toBe(`${child.pid}\n`)
})
