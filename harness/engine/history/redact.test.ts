import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test('the data of a Secret is redacted, its keys are kept', () => {
  expect(redact({ kind: 'Secret', metadata: { name: 'a' }, data: { key: 'aGk=' } })).toEqual({
    kind: 'Secret',
    metadata: { name: 'a' },
    data: { key: 'redacted' },
  })
})

test('an environment variable named like a credential loses its value, others keep theirs', () => {
  const env = [
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'MODE', value: 'fast' },
  ]
  expect(redact(env)).toEqual([{ name: 'DB_PASSWORD', value: 'redacted' }, env[1]])
})

test('a bearer token inside a text is cut out', () => {
  expect(redact('Bearer eyJhbGciOiJSUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl sent')).toBe('Bearer redacted sent')
})

test('what holds no secret is unchanged', () => {
  const pod = { kind: 'Pod', metadata: { name: 'web-0' }, spec: { containers: [{ name: 'a', tty: false, ports: [80] }] }, status: null }
  expect(redact(pod)).toEqual(pod)
})
