import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPrefix } from '../contract/owner.ts'
import { InstallError, withInstallLock } from './install-lock.mjs'
import { ensureInstalled, isInstalled } from './install.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  writeFileSync(join(root, 'package.json'), '{}')
  writeFileSync(join(root, 'package-lock.json'), '{}')
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

const quiet = (): void => undefined

function installNode(): void {
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true })
  writeFileSync(join(root, 'node_modules', '.bin', 'node'), '')
}

describe('ensureInstalled', () => {
  test('installs once, and again when the lock file changed', () => {
    const options = { install: installNode, log: quiet }
    expect(ensureInstalled(root, options)).toBe(true)
    expect(ensureInstalled(root, options)).toBe(false)
    writeFileSync(join(root, 'package-lock.json'), '{ "changed": true }')
    expect(isInstalled(root)).toBe(false)
    expect(ensureInstalled(root, options)).toBe(true)
  })

  test('installs again when node_modules lost its Node.js', () => {
    ensureInstalled(root, { install: installNode, log: quiet })
    rmSync(join(root, 'node_modules', '.bin', 'node'))
    expect(ensureInstalled(root, { install: installNode, log: quiet })).toBe(true)
  })

  test('an install that left no Node.js is an error with a fix, and stays stale', () => {
    expect(() => ensureInstalled(root, { install: quiet, log: quiet })).toThrow(InstallError)
    expect(isInstalled(root)).toBe(false)
  })
})

describe('withInstallLock', () => {
  const lock = () => join(root, '.install.lock')

  /** What a process that holds the lock writes into it. */
  function written(): string {
    let text = ''
    withInstallLock(root, () => (text = readFileSync(lock(), 'utf8')))
    return text
  }

  /** Runs a process with something in it to install, and returns how many times it paused before. */
  function pauses(): number {
    const pausing = vi.spyOn(Atomics, 'wait')
    onTestFinished(() => pausing.mockRestore())
    let ran = false
    withInstallLock(root, () => {
      ran = true
    })
    expect(ran).toBe(true)
    expect(readdirSync(root).filter((name) => name.startsWith('.install'))).toEqual([])
    return pausing.mock.calls.length
  }

  test('takes over the lock of a process that died', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    writeFileSync(lock(), JSON.stringify({ ...JSON.parse(written()), pid: child.pid }))
    expect(pauses()).toBe(0)
  })

  test('takes over the lock of a process whose number another one got', () => {
    writeFileSync(lock(), JSON.stringify({ ...JSON.parse(written()), startTicks: '1' }))
    expect(pauses()).toBe(0)
  })

  test('takes over the lock of before a reboot', () => {
    writeFileSync(lock(), JSON.stringify({ ...JSON.parse(written()), boot: 'another' }))
    expect(pauses()).toBe(0)
  })

  test.each(['', '{', '{"pid":', '0', 'null', '{"pid": "12"}', '\0\0\0'])(
    'takes over a lock that holds %j and was never finished',
    (text) => {
      writeFileSync(lock(), text)
      utimesSync(lock(), new Date(0), new Date(0))
      expect(pauses()).toBe(0)
    },
  )

  test('leaves an unfinished lock some seconds to be finished', () => {
    const start = performance.now()
    writeFileSync(lock(), '')
    expect(pauses()).toBeGreaterThan(0)
    expect(performance.now() - start).toBeGreaterThan(2500)
  })

  test('takes over from one that died while it took over', () => {
    const dead = JSON.stringify({ ...JSON.parse(written()), startTicks: '1' })
    writeFileSync(lock(), dead)
    writeFileSync(`${lock()}.takeover`, dead)
    expect(pauses()).toBe(1)
  })

  test('waits for a process of another PID namespace, which cannot be seen', async () => {
    writeFileSync(lock(), JSON.stringify({ ...JSON.parse(written()), pidNamespace: 'pid:[1]', pid: 4_000_000 }))
    const file = pathToFileURL(join(import.meta.dirname, 'install-lock.mjs')).href
    const script = `import { withInstallLock } from '${file}'; withInstallLock(${JSON.stringify(root)}, () => console.log('ran'))`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script])
    const [line] = (await child.stderr.take(1).toArray()) as readonly Buffer[]
    expect(String(line)).toBe('Waiting for process 4000000, which is installing dependencies.\n')
    rmSync(lock())
    const [output] = (await child.stdout.take(1).toArray()) as readonly Buffer[]
    expect(String(output)).toBe('ran\n')
  })

  const mayMount = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0

  test.skipIf(!mayMount)('a full disk is an error with a fix, and leaves no lock', async () => {
    const file = pathToFileURL(join(import.meta.dirname, 'install-lock.mjs')).href
    const small = join(root, 'small')
    mkdirSync(small)
    const script = `import { withInstallLock } from '${file}'; withInstallLock('${small}', () => console.log('ran'))`
    writeFileSync(join(root, 'contender.mjs'), script)
    const commands = [
      `mount -t tmpfs -o size=4k none ${small}`,
      `head -c 4096 /dev/zero > ${small}/full`,
      `${process.execPath} ${join(root, 'contender.mjs')}`,
      `ls -A ${small}`,
    ]
    const { stdout, stderr } = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', commands.join('; ')], {
      encoding: 'utf8',
    })
    expect(stderr).toContain('The disk is full')
    expect(stdout).toBe('full\n')
  })

  test('lets one process install at a time', async () => {
    const log = join(root, 'log')
    const script = join(root, 'contender.mjs')
    writeFileSync(
      script,
      `import { appendFileSync } from 'node:fs'
       import { withInstallLock } from '${pathToFileURL(join(import.meta.dirname, 'install-lock.mjs')).href}'
       withInstallLock(${JSON.stringify(root)}, () => {
         appendFileSync(${JSON.stringify(log)}, 'in\\n')
         Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150)
         appendFileSync(${JSON.stringify(log)}, 'out\\n')
       })`,
    )
    const contenders = [1, 2, 3].map(async () => once(spawn(process.execPath, [script]), 'exit'))
    for (const [code] of await Promise.all(contenders)) expect(code).toBe(0)
    expect(readFileSync(log, 'utf8')).toBe('in\nout\nin\nout\nin\nout\n')
  })
})

test('the lock file holds no download addresses', () => {
  const lock = readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')
  expect(lock).not.toMatch(/"resolved"|https?:\/\/(?!.*"(?:url|funding)")[^"]*\.tgz/)
  expect(lock).toContain('"lockfileVersion": 3')
})
