import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { holdfastFiles, type LockedPackages, packagesNeeded } from './holdfast-files.ts'

const locked: LockedPackages = {
  'node_modules/a': { dependencies: { b: '1', c: '1' } },
  'node_modules/b': {},
  'node_modules/c': { optionalDependencies: { d: '1' }, peerDependencies: { a: '1' } },
  'node_modules/c/node_modules/d': { dependencies: { e: '1' } },
  'node_modules/d': { dependencies: { f: '1' } },
  'node_modules/e': {},
  'node_modules/f': {},
  'node_modules/@scope/g': { dependencies: { '@scope/h': '1', missing: '1' } },
  'node_modules/@scope/g/node_modules/@scope/h': { dependencies: { b: '1' } },
}

test('a package brings what it needs, the nearest one of each name, and each once', () => {
  expect(packagesNeeded(locked, ['a'])).toEqual([
    ...['node_modules/a', 'node_modules/b', 'node_modules/c', 'node_modules/c/node_modules/d', 'node_modules/e'],
  ])
})

test('scoped packages are found too, and what no lock has is left out', () => {
  expect(packagesNeeded(locked, ['@scope/g'])).toEqual([
    ...['node_modules/@scope/g', 'node_modules/@scope/g/node_modules/@scope/h', 'node_modules/b'],
  ])
})

test('all files of the image are there', () => {
  expect(holdfastFiles().filter((path) => !existsSync(path))).toEqual([])
})

test('the npm package says where an image of Holdfast comes from', () => {
  expect(() => holdfastFiles(true)).toThrow('The npm package builds no image with Holdfast.')
})
