import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { parseSums, sumsText } from '../../contract/sums.ts'
import { buildFiles, builtFrom, digestsIn } from './built-from.ts'
import { checkoutOf, sourceSums } from './checkout.ts'

const commit = '33c51b6724ea92469884ce46211037488c21baea'
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  write('suites/one.suite.js', 'one')
  write('suites/ledger/pods.yaml', 'entries')
  write('cli/main.js', 'main')
  const digests = sumsText(digestsIn(root))
  write(buildFiles.digests, digests)
  write(buildFiles.sources, sourcesOfCheckout)
  write(buildFiles.checkout, JSON.stringify({ commit, repository: 'https://example.com/holdfast' }))
})

afterEach(() => rmSync(root, { recursive: true }))

const sourcesOfCheckout = sumsText(
  new Map([
    ['suites/ledger/pods.yaml', hash('sha256', 'entries')],
    ['suites/one.suite.ts', hash('sha256', 'one in TypeScript')],
  ]),
)

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

test('a package as it was built has the commit and the sources of its checkout', () => {
  expect(checkoutOf(root)).toEqual({ commit, repository: 'https://example.com/holdfast' })
  expect(sourceSums(root)).toBe(sourcesOfCheckout)
})

test('a suite that was changed after the build is not that of the commit', () => {
  write('suites/one.suite.js', 'changed')
  expect(checkoutOf(root)).toMatchObject({ commit: `${commit}-dirty`, changedFiles: ['suites/one.suite.js'] })
  expect(parseSums(sourceSums(root)).get('suites/one.suite.ts')).toBe(hash('sha256', 'changed'))
})

test('a suite that was added is listed, and one that is gone is not', () => {
  write('suites/two.suite.js', 'two')
  rmSync(join(root, 'suites/one.suite.js'))
  expect(checkoutOf(root).changedFiles).toEqual(['suites/one.suite.js', 'suites/two.suite.js'])
  expect([...parseSums(sourceSums(root)).keys()]).toEqual(['suites/ledger/pods.yaml', 'suites/two.suite.ts'])
})

test('what is no source changes the commit, and no digest of a source', () => {
  write('cli/main.js', 'changed')
  expect(checkoutOf(root)).toMatchObject({ commit: `${commit}-dirty`, changedFiles: ['cli/main.js'] })
  expect(sourceSums(root)).toBe(sourcesOfCheckout)
})

test('a build from a checkout with changes stays one, and one without a commit has none', () => {
  write(buildFiles.checkout, JSON.stringify({ commit: `${commit}-dirty`, changedFiles: ['README.md'] }))
  write('cli/main.js', 'changed')
  expect(checkoutOf(root)).toEqual({ commit: `${commit}-dirty`, changedFiles: ['README.md', 'cli/main.js'] })
  write(buildFiles.checkout, JSON.stringify({ commit: 'unknown' }))
  expect(checkoutOf(root).commit).toBe('unknown')
})

test('a checkout is no package', () => {
  rmSync(join(root, buildFiles.checkout))
  expect(builtFrom(root)).toBeUndefined()
})
