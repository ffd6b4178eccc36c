import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { requireContext } from './kubeconfig-context.ts'
import { UsageError } from '../shell/usage-error.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

const contexts = 'contexts: [{ name: kind-blue, context: {} }, { name: kind-red, context: {} }]\n'

test.each([
  ['no file', undefined, undefined, 'Kubeconfig FILE does not exist. Give --kubeconfig the path of a kubeconfig file.'],
  ['other YAML', 'workers: 2\n', undefined, 'FILE is not a kubeconfig. Give --kubeconfig the path of a kubeconfig file.'],
  ['text', 'hello there\n', undefined, 'FILE is not a kubeconfig. Give --kubeconfig the path of a kubeconfig file.'],
  ['broken YAML', 'a: [\n', undefined, 'FILE is not a kubeconfig. Give --kubeconfig the path of a kubeconfig file.'],
  ['an empty file', '', undefined, 'FILE is not a kubeconfig. Give --kubeconfig the path of a kubeconfig file.'],
  ['no contexts', 'contexts: []\n', undefined, 'Kubeconfig FILE has no contexts.'],
  ['no current context', contexts, undefined, 'Kubeconfig FILE has no current context. Give --context one of kind-blue, kind-red.'],
  [
    'an unknown context',
    contexts,
    'kind-bleu',
    'Kubeconfig FILE has no context kind-bleu. Did you mean kind-blue? Give --context one of kind-blue, kind-red.',
  ],
  ['a current context that is not there', `${contexts}current-context: gone\n`, undefined, 'Kubeconfig FILE has no context gone.'],
])('one sentence on %s', (...[name, text, context, sentence]) => {
  const file = join(directory, name.replaceAll(' ', '-'))
  if (text !== undefined) writeFileSync(file, text)
  let said = ''
  try {
    requireContext(file, context)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    said = `${error.message} ${error.fix ?? ''}`.replace(file, 'FILE')
  }
  expect(said).toContain(sentence)
})

test('a directory is no file to read', () => {
  expect(() => requireContext(directory, undefined)).toThrow(`Kubeconfig ${directory} cannot be read (EISDIR).`)
})

test('a context that is there, named or current, is fine', () => {
  const file = join(directory, 'good')
  writeFileSync(file, `${contexts}current-context: kind-red\n`)
  expect(() => requireContext(file, undefined)).not.toThrow()
  expect(() => requireContext(file, 'kind-blue')).not.toThrow()
})
