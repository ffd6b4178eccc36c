import { expect, test } from 'vitest'
import { circleIn, type Import, importsOf } from './import-graph.ts'
import { projectRoot } from '../shell/project-root.ts'

const all = importsOf(projectRoot, '{suites,harness,clusters,contract,reports,cli,scripts}/**/*.{ts,mjs}')
const imports = all.filter(({ from }) => !/\.(?:test|examples)\.ts$/.test(from))

/** What the folders of the harness may import of each other. */
const below: Readonly<Record<string, readonly string[]>> = {
  'harness/engine': [],
  'harness/vocabulary': ['harness/engine'],
  'harness/testing': ['harness/engine', 'harness/vocabulary'],
  'harness/scenarios': ['harness/engine', 'harness/vocabulary'],
  'harness/faults': ['harness/engine', 'harness/vocabulary'],
  'harness/fixtures': ['harness/engine', 'harness/vocabulary'],
  'harness/bench': ['harness/engine', 'harness/vocabulary', 'harness/fixtures'],
  'harness/chaos': ['harness/engine'],
}

function folderOf(file: string, depth: number): string | undefined {
  const folders = file.split('/').slice(0, -1)
  return folders.length < depth ? undefined : folders.slice(0, depth).join('/')
}

function edges(depth: number): readonly (readonly [from: string, to: string])[] {
  const pairs = imports.flatMap(({ from, to }) => {
    const [one, other] = [folderOf(from, depth), folderOf(to, depth)]
    return one === undefined || other === undefined || one === other ? [] : [`${one} → ${other}`]
  })
  return [...new Set(pairs)].map((pair) => pair.split(' → ') as [string, string])
}

const written = ({ from, to }: Import) => `${from} → ${to}`

test('there are imports to look at', () => {
  expect(imports.length).toBeGreaterThan(1000)
})

test('no top folders import each other in a circle', () => {
  expect(circleIn(edges(1))).toEqual([])
})

test('no folders of the second level import each other in a circle', () => {
  expect(circleIn(edges(2))).toEqual([])
})

test.each([
  [3, 20],
  [4, 5],
])('no folders of level %i import each other in a circle', (depth, atLeast) => {
  expect(edges(depth).length).toBeGreaterThan(atLeast)
  expect(circleIn(edges(depth))).toEqual([])
})

test('no files import each other in a circle, not for types either', () => {
  expect(circleIn(imports.map(({ from, to }) => [from, to]))).toEqual([])
})

test('what each folder of the harness may import is said', () => {
  const folders = new Set(imports.flatMap(({ from }) => folderOf(from, 2) ?? []).filter((folder) => folder.startsWith('harness/')))
  expect([...folders].toSorted()).toEqual(Object.keys(below).toSorted())
})

test.each(Object.entries(below))('%s imports nothing above it', (folder, allowed) => {
  const others = Object.keys(below).filter((other) => other !== folder && !allowed.includes(other))
  const upwards = imports.filter(
    ({ from, to }) => folderOf(from, 2) === folder && (others.includes(folderOf(to, 2) ?? '') || /^harness\/[^/]+$/.test(to)),
  )
  expect(upwards.map(written)).toEqual([])
})

test('what builds Pods knows nothing of what judges them', () => {
  const builders = imports.filter(({ from }) => from.startsWith('harness/vocabulary/pod/builders/'))
  const others = builders.filter(({ to }) => to.startsWith('harness/vocabulary/') && !to.startsWith('harness/vocabulary/pod/builders/'))
  expect(builders.length).toBeGreaterThan(10)
  expect(others.map(written)).toEqual([])
})

test('an honest run loads no injector', () => {
  const loaded = new Set(['harness/index.ts'])
  for (const file of loaded) for (const { from, to, dynamic } of imports) if (from === file && !dynamic) loaded.add(to)
  expect(loaded.size).toBeGreaterThan(100)
  expect([...loaded].filter((file) => file.startsWith('harness/faults/'))).toEqual([])
  expect(
    all.filter(({ to }) => to === 'harness/faults/open-fault.ts').every(({ from, dynamic }) => dynamic || from.endsWith('.test.ts')),
  ).toBe(true)
})

test('a circle is found, and none where there is none', () => {
  expect(
    circleIn([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
    ]),
  ).toEqual(['b', 'c', 'b'])
  expect(
    circleIn([
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ]),
  ).toEqual([])
})
