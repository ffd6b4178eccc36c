import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { mirrorIn, sourceOf, writeAptSettings } from './debian-packages.ts'

test('finds the archive in a deb822 file and skips comments', () => {
  const text = '# URIs: http://old.example/debian\nTypes: deb\nURIs: http://archive.example/debian\nSuites: bookworm\n'
  expect(mirrorIn(text)).toBe('http://archive.example/debian')
})

test('finds the archive in a one-line file with options', () => {
  expect(mirrorIn('deb [signed-by=/k.gpg] https://archive.example/debian bookworm main\n')).toBe('https://archive.example/debian')
})

test('finds nothing where there is nothing', () => {
  expect(mirrorIn('# nothing here\n')).toBeUndefined()
})

test('a source names its suite, its archive and the key that signs it', () => {
  expect(sourceOf('forky', 'http://archive.example/debian')).toContain('Suites: forky\n')
  expect(sourceOf('forky', 'http://archive.example/debian')).toContain('Signed-By: ')
})

test('only the lists of releases that an image takes packages of are read for it', async () => {
  const context = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(context, { recursive: true }))
  await writeAptSettings(context, { mirror: 'http://archive.example/debian', later: ['trixie'] })
  expect(readdirSync(join(context, 'apt/sources.list.d')).toSorted()).toEqual(['bookworm.sources', 'trixie.sources'])
  expect(readdirSync(join(context, 'apt/preferences.d'))).toEqual(['trixie'])
})
