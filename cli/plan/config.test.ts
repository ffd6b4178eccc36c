import { expect, test } from 'vitest'
import { loadSettings, parseSettings } from './config.ts'
import { UsageError } from '../shell/usage-error.ts'

function messageOf(text: string): string {
  try {
    parseSettings('holdfast.yaml', text)
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} ${error.fix ?? ''}`
    throw error
  }
  return 'accepted'
}

test('accepts every documented key, and an empty file', () => {
  expect(
    parseSettings(
      'holdfast.yaml',
      'mirror: mirror.example.com/k8s\noffline: true\nprofile: standard\nworkers: 3\nworkloadImage: r.example.com/w:1\n',
    ),
  ).toEqual({
    mirror: 'mirror.example.com/k8s',
    offline: true,
    profile: 'standard',
    workers: 3,
    workloadImage: 'r.example.com/w:1',
  })
  expect(parseSettings('holdfast.yaml', '')).toEqual({})
})

test('names the file, the key and the fix', () => {
  expect(messageOf('wokers: 3')).toMatchInlineSnapshot(
    `"Config file holdfast.yaml has the unknown key wokers. Did you mean workers? Use only mirror, offline, profile, workers, workloadImage."`,
  )
  expect(messageOf('workers: many')).toMatchInlineSnapshot(
    `"Config file holdfast.yaml has an invalid value for workers. Set workers to a whole number of worker nodes from 2 to 20."`,
  )
  expect(messageOf('- a')).toMatchInlineSnapshot(
    `"Config file holdfast.yaml is not a mapping of keys to values. Write lines such as "workers: 2"."`,
  )
  expect(messageOf('offline: [')).toContain('Config file holdfast.yaml is not valid YAML: ')
})

test('a config file that was named must exist; the default one need not', () => {
  expect(() => loadSettings({ root: '/nonexistent', path: '/nonexistent/h.yaml' })).toThrow(
    'Config file /nonexistent/h.yaml does not exist.',
  )
  expect(loadSettings({ root: '/nonexistent' })).toEqual({})
})
