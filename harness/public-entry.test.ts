import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as define from './define.ts'
import * as harness from './index.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const page = read('docs/write-your-own-suites.md')
const [, section = ''] = page.split('\n## The public entry\n')
const [ofHarness = '', ofDefine = ''] = (section.split('\n## ')[0] ?? '').split('`holdfast/define` is for checks')

/** Names in the first column of the table of an entry. */
function namesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => Array.from((/^\| (.*?) \|/.exec(line)?.[1] ?? '').matchAll(/`(\w+)`/g), ([, name = '']) => name))
}

test.each([
  { entry: 'holdfast/harness', text: ofHarness, values: harness, file: 'harness/index.ts' },
  { entry: 'holdfast/define', text: ofDefine, values: define, file: 'harness/define.ts' },
])('each name that the page calls stable is exported by $entry', ({ text, values, file }) => {
  const names = namesIn(text)
  expect(names.length).toBeGreaterThan(10)
  const source = read(file)
  const isExported = (name: string) => Object.hasOwn(values, name) || new RegExp(`\\b${name}\\b`).test(source)
  expect(names.filter((name) => !isExported(name))).toEqual([])
})

test('all that checks are made of is there for suites, too', () => {
  expect(Object.keys(harness)).toEqual(expect.arrayContaining(Object.keys(define)))
})

test('the page shows the suite and the check of the example as they are', () => {
  expect(page).toContain(read('docs/examples/keeper/gets-pods-and-volumes.suite.ts'))
  const [, check = ''] = /(\/\*\* The StatefulSet of a store[\s\S]*?\n\}\)\n)/.exec(read('docs/examples/keeper/store.check.ts')) ?? []
  expect(check.length).toBeGreaterThan(100)
  expect(page).toContain(check)
})

test('the body gets what the page tells of', () => {
  const fixtures = read('harness/fixtures/fixtures.ts')
  const [, told = ''] = /The body gets `Fixtures`: ([\s\S]*?)\n\n/.exec(section) ?? []
  const outer = told.replaceAll(/\([^)]*\)/g, '')
  const names = Array.from(outer.matchAll(/`(\w+)`/g), ([, name = '']) => name)
  expect(names.length).toBeGreaterThan(10)
  expect(names.filter((name) => !fixtures.includes(`readonly ${name}: `))).toEqual([])
})
