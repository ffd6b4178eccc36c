import { expect, test } from 'vitest'
import { flagOf, imageTag, veleroPartOf } from './velero-server.ts'

test.each([
  [{ command: ['/velero'], args: ['server', '--features=EnableCSI'] }, 'server'],
  [{ command: ['/usr/bin/velero', 'server'] }, 'server'],
  [{ command: ['/velero'], args: ['node-agent', 'server', '--features='] }, 'node-agent'],
  [{ args: ['server'], image: 'registry.example.com:5000/backups/velero:v1.18.3' }, 'server'],
  [{ args: ['server'], image: 'registry.example.com/other:v1' }, undefined],
  [{ command: ['/other'], args: ['server'], image: 'docker.io/velero/velero:v1.18.3' }, undefined],
  [{ command: ['/velero'], args: ['repo-maintenance'] }, undefined],
  [{}, undefined],
])('%j runs %s', (container, part) => {
  expect(veleroPartOf(container)).toBe(part)
})

test('a flag of the server is read in both forms, and the last one counts', () => {
  const container = { command: ['/velero', 'server'], args: ['--features=A', '--restore-only', '--features', 'EnableCSI,B'] }
  expect(flagOf(container, '--features')).toBe('EnableCSI,B')
  expect(flagOf(container, '--restore-only')).toBe('true')
  expect(flagOf(container, '--default-backup-storage-location')).toBeUndefined()
})

test.each([
  ['docker.io/velero/velero:v1.18.3', 'v1.18.3'],
  [`registry.example.com:5000/velero:v1.18.3@sha256:${'a'.repeat(64)}`, 'v1.18.3'],
  [`registry.example.com:5000/velero@sha256:${'a'.repeat(64)}`, undefined],
  ['registry.example.com:5000/velero', undefined],
])('the tag of %s is %s', (image, tag) => {
  expect(imageTag(image)).toBe(tag)
})
