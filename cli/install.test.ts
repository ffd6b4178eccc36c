import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureInstalled, InstallError, isInstalled, withInstallLock } from './install.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), `holdfast-unit-${process.pid}-`))
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
    const options = { install: installNode, tell: quiet }
    expect(ensureInstalled(root, options)).toBe(true)
    expect(ensureInstalled(root, options)).toBe(false)
    writeFileSync(join(root, 'package-lock.json'), '{ "changed": true }')
    expect(isInstalled(root)).toBe(false)
    expect(ensureInstalled(root, options)).toBe(true)
  })

  test('installs again when node_modules lost its Node.js', () => {
    ensureInstalled(root, { install: installNode, tell: quiet })
    rmSync(join(root, 'node_modules', '.bin', 'node'))
    expect(ensureInstalled(root, { install: installNode, tell: quiet })).toBe(true)
  })

  test('an install that left no Node.js is an error with a fix, and stays stale', () => {
    expect(() => ensureInstalled(root, { install: quiet, tell: quiet })).toThrow(InstallError)
    expect(isInstalled(root)).toBe(false)
  })
})

describe('withInstallLock', () => {
  test('takes over the lock of a process that died', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    writeFileSync(join(root, '.install.lock'), String(child.pid))
    let ran = false
    withInstallLock(root, () => {
      ran = true
    })
    expect(ran).toBe(true)
  })

  test('lets one process install at a time', async () => {
    const log = join(root, 'log')
    const script = join(root, 'contender.mjs')
    writeFileSync(
      script,
      `import { appendFileSync } from 'node:fs'
       import { withInstallLock } from '${pathToFileURL(join(import.meta.dirname, 'install.mjs')).href}'
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
