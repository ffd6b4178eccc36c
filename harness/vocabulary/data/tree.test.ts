import { describe, expect, test } from 'vitest'
import { compareTrees, describeDifference, isEmptyTree, type Tree, type TreeEntry } from './tree.ts'

const root: TreeEntry = { path: '.', type: 'directory', mode: '0755', uid: 0, gid: 0, mtimeNs: '1' }
const file: TreeEntry = {
  ...root,
  path: 'a.txt',
  type: 'file',
  mode: '0640',
  size: 3,
  sha256: 'aa',
  sparse: false,
  xattrs: { 'user.a': 'MQ==', 'user.b': 'Mg==' },
}
const tree = (...entries: readonly TreeEntry[]): Tree => ({ root: '/data', entries: [root, ...entries] })

describe('compareTrees', () => {
  test('finds nothing between equal trees, whatever the order of the extended attributes', () => {
    expect(compareTrees(tree(file), tree({ ...file, xattrs: { 'user.b': 'Mg==', 'user.a': 'MQ==' } }))).toEqual([])
  })

  test.each([
    ['content', { sha256: 'bb' }, 'a.txt: sha256 is bb, expected aa'],
    ['size', { size: 4 }, 'a.txt: size is 4, expected 3'],
    ['mode', { mode: '0600' }, 'a.txt: mode is 0600, expected 0640'],
    ['owner', { uid: 7 }, 'a.txt: uid is 7, expected 0'],
    ['group', { gid: 7 }, 'a.txt: gid is 7, expected 0'],
    ['time', { mtimeNs: '2' }, 'a.txt: mtimeNs is 2, expected 1'],
    ['holes', { sparse: true }, 'a.txt: sparse is true, expected false'],
    ['type', { type: 'symlink' }, 'a.txt: type is symlink, expected file'],
    ['hard links', { hardLinkOf: 'b.txt' }, 'a.txt: hardLinkOf is b.txt, expected none'],
  ] as const)('names a difference in %s', (_title, change, sentence) => {
    expect(compareTrees(tree(file), tree({ ...file, ...change })).map(describeDifference)).toEqual([sentence])
  })

  test('names a difference in extended attributes', () => {
    expect(compareTrees(tree(file), tree({ ...file, xattrs: {} }))).toMatchObject([{ path: 'a.txt', field: 'xattrs' }])
  })

  test('names what is missing and what is new', () => {
    const differences = compareTrees(tree(file), tree({ ...file, path: 'b.txt' }))
    expect(differences.map(describeDifference)).toEqual(['a.txt: file is missing', 'b.txt: file was not there'])
  })

  test('compares the root itself', () => {
    const changed: Tree = { root: '/data', entries: [{ ...root, mode: '0700' }] }
    expect(compareTrees(tree(), changed).map(describeDifference)).toEqual(['.: mode is 0700, expected 0755'])
  })
})

test('a tree with nothing but its root is empty', () => {
  expect(isEmptyTree(tree())).toBe(true)
  expect(isEmptyTree(tree(file))).toBe(false)
})
