import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { describeOwner, livenessOf, livenessOfTemporary, ownerText, parseOwner, temporaryPrefix, thisOwner } from './owner.ts'

const module = join(import.meta.dirname, 'owner.ts')

/** What a Node process of its own, started by `command`, prints of `expression`. */
function evaluated(expression: string, command: readonly string[] = []): string {
  const script = `const owner = await import(${JSON.stringify(module)}); console.log(${expression})`
  return execFileSync('env', [...command, process.execPath, '--input-type=module', '--eval', script], { encoding: 'utf8' }).trim()
}

const inNamespaceOfItsOwn = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--mount-proc']
const hasNamespaces = spawnSync('unshare', [...inNamespaceOfItsOwn.slice(1), 'true']).status === 0

test('this process is alive', () => {
  expect(livenessOf(thisOwner())).toBe('alive')
})

test('an owner is written as one word and read again', () => {
  const text = ownerText(thisOwner())
  expect(text).toMatch(/^[0-9a-f.-]+$/)
  expect(parseOwner(text)).toEqual(thisOwner())
})

test.each(['', 'somebody', 'a.b.c.d.e', '-.-.-.0.-', '-.-.-.12.-.13', '../../x'])('garbage %j is nobody, and nobody is unknown', (text) => {
  expect(livenessOf(parseOwner(text))).toBe('unknown')
})

test('what a system does not name is proven neither alive nor dead', () => {
  expect(parseOwner('-.-.-.12.-')).toEqual({ host: '', boot: '', pidNamespace: '', pid: 12, startTicks: '' })
  expect(livenessOf(parseOwner('-.-.-.12.-'))).toBe('unknown')
})

test('a process that has ended is dead', () => {
  const ended = parseOwner(evaluated('owner.ownerText(owner.thisOwner())'))
  expect(ended?.pid).not.toBe(process.pid)
  expect(livenessOf(ended)).toBe('dead')
})

test('a process that has ended and was not waited for is dead', async () => {
  // The shell reaps a child that ends before `sleep` has taken its place; `sleep` reaps none.
  const script = 'exec 3<&0; read -r end <&3 & read -r stat < /proc/$!/stat; echo "$stat"; exec sleep 600'
  const parent = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] })
  try {
    const [line] = (await parent.stdout.take(1).toArray()) as readonly Buffer[]
    const fields = String(line).trim().split(' ')
    const child = { ...thisOwner(), pid: Number(fields[0]), startTicks: fields[21] ?? '' }
    expect(livenessOf(child)).toBe('alive')
    await vi.waitUntil(() => readFileSync(`/proc/${parent.pid}/stat`, 'utf8').includes('(sleep)'), { timeout: 60_000 })
    parent.stdin.write('end\n')
    await vi.waitUntil(() => readFileSync(`/proc/${child.pid}/stat`, 'utf8').includes(') Z '), { timeout: 60_000 })
    expect(livenessOf(child)).toBe('dead')
  } finally {
    parent.kill('SIGKILL')
  }
})

test('another process that got the same number is not the owner', () => {
  expect(livenessOf({ ...thisOwner(), startTicks: '1' })).toBe('dead')
})

test('what ran before a reboot of this host is dead, whatever has its number now', () => {
  expect(livenessOf({ ...thisOwner(), boot: 'abc' })).toBe('dead')
})

test('of a process on another host nothing is known', () => {
  expect(livenessOf({ ...thisOwner(), boot: 'abc', host: 'def' })).toBe('unknown')
  expect(livenessOf({ ...thisOwner(), boot: 'abc', host: '' })).toBe('unknown')
})

test.skipIf(!hasNamespaces)('a process of another PID namespace is unknown to us, and we are to it', () => {
  const theirs = parseOwner(evaluated('owner.ownerText(owner.thisOwner())', inNamespaceOfItsOwn))
  expect(theirs?.boot).toBe(thisOwner().boot)
  expect(theirs?.pidNamespace).not.toBe(thisOwner().pidNamespace)
  expect(livenessOf(theirs)).toBe('unknown')
  expect(describeOwner(theirs)).toContain('of another PID namespace on this machine')
  const ours = JSON.stringify(ownerText(thisOwner()))
  expect(evaluated(`owner.livenessOf(owner.parseOwner(${ours}))`, inNamespaceOfItsOwn)).toBe('unknown')
})

test('the name of a temporary directory says whether its maker runs', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const ended = evaluated('owner.temporaryPrefix("unit")')
  expect(livenessOfTemporary(basename(directory))).toBe('alive')
  expect(livenessOfTemporary(`${ended}abc`)).toBe('dead')
  expect(livenessOfTemporary('holdfast-unit-0123456789ab-1-1-abc')).toBe('unknown')
  expect(livenessOfTemporary('holdfast-unit-12-abc')).toBeUndefined()
  rmSync(directory, { recursive: true })
})

test.skipIf(!hasNamespaces)('the directory of a process of another PID namespace is unknown', () => {
  expect(livenessOfTemporary(`${evaluated('owner.temporaryPrefix("unit")', inNamespaceOfItsOwn)}abc`)).toBe('unknown')
})
