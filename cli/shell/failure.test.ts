import { expect, test } from 'vitest'
import { SetupError } from '../../clusters/setup-error.ts'
import { failureText } from './failure.ts'
import { UsageError } from './usage-error.ts'

const usage = new UsageError('There is no cluster blue.', { fix: 'Run "holdfast list".' })
const setUp = new SetupError('docker does not answer.', { fix: 'Start it.' })

test.each<[string, unknown, readonly string[]]>([
  ['one sentence and its fix', usage, ['There is no cluster blue. Run "holdfast list".']],
  [
    'both errors of `await using`',
    new SuppressedError(setUp, usage),
    ['There is no cluster blue. Run "holdfast list".', 'docker does not answer. Start it.'],
  ],
  [
    'all errors of several',
    new AggregateError([usage, setUp], 'two stages'),
    ['two stages', 'There is no cluster blue.', 'docker does not answer.'],
  ],
  ['a cause, below its error', new SetupError('images', { cause: usage }), ['images', 'There is no cluster blue. Run "holdfast list".']],
  [
    'one sentence and its fix, whatever the technical cause',
    new SetupError('No API server answers: the connection was refused.', {
      fix: 'Start it.',
      cause: new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') }),
    }),
    ['No API server answers: the connection was refused. Start it.'],
  ],
  [
    'a cause with a fix of its own, below an error with a fix',
    new SetupError('No kubectl.', { fix: 'Install it.', cause: new Error('spawn', { cause: setUp }) }),
    ['No kubectl. Install it.', 'docker does not answer. Start it.'],
  ],
  [
    'what broke while cleaning up after an error with a fix',
    new SuppressedError('closing', setUp),
    ['docker does not answer. Start it.', 'closing'],
  ],
  [
    'a full disk',
    Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }),
    ['The disk is full: ENOSPC: no space left. Free some space'],
  ],
  ['what is no error', 'text', ['text']],
])('%s', (_, error, expected) => {
  const lines = failureText(error).split('\n')
  expect(lines).toHaveLength(expected.length)
  for (const [index, line] of expected.entries()) expect(lines[index]).toContain(line)
})

test('what a cause says again is told once', () => {
  const inner = new Error('connection refused')
  expect(failureText(new SetupError(`kind failed: ${inner.message}`, { cause: inner })).match(/connection refused/g)).toHaveLength(1)
})

test('where only we can act, the stack is printed: below an error without a fix, and of what is no error for the user', () => {
  const inner = new Error('broke')
  expect(failureText(new SetupError('csi-sanity wrote no report.', { cause: inner }))).toContain('    at ')
  expect(failureText(new Error('outer', { cause: inner })).match(/^Error: /gm)).toHaveLength(2)
})
