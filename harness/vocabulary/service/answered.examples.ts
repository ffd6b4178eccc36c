import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './answered.ts'
import type { Answered } from './answer.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const found = { pod: 'etcd-1', label: 'afterwards' }
const read = (value: Answered) => historyOf(measured('answer', 'afterwards', { pod: 'etcd-1', value }))
const done: Answered = { outcome: 'done', value: 'blue', said: 'HTTP 200' }
const refused: Answered = { outcome: 'refused', value: null, said: 'etcdserver: request timed out' }
const silent: Answered = { outcome: 'silent', value: null, said: 'Could not resolve host' }

export const answersValue = {
  upholds: [
    { title: 'the value', params: { found, value: 'blue' }, history: read(done) },
    { title: 'no value, as there is to be none', params: { found, value: null }, history: read({ ...done, value: null }) },
  ],
  rejects: [
    { title: 'another value', params: { found, value: 'red' }, history: read(done) },
    { title: 'no value', params: { found, value: 'blue' }, history: read({ ...done, value: null }) },
    { title: 'a value where none is to be', params: { found, value: null }, history: read(done) },
    { title: 'a refusal', params: { found, value: 'blue' }, history: read(refused) },
  ],
  gaps: [
    { title: 'never asked', params: { found, value: 'blue' }, history: historyOf() },
    { title: 'no answer', params: { found, value: 'blue' }, history: read(silent) },
  ],
} satisfies Examples<typeof checks.answersValue>

export const answersOther = {
  upholds: [
    { title: 'another value', params: { found, value: 'red' }, history: read(done) },
    { title: 'a refusal', params: { found, value: 'blue' }, history: read(refused) },
  ],
  rejects: [{ title: 'the value', params: { found, value: 'blue' }, history: read(done) }],
  gaps: answersValue.gaps,
} satisfies Examples<typeof checks.answersOther>

const pair = { first: { pod: 'etcd-1', label: 'before' }, second: { pod: 'etcd-1', label: 'after' } }
const readTwice = (before: Answered, after: Answered) =>
  historyOf(measured('answer', 'before', { pod: 'etcd-1', value: before }), measured('answer', 'after', { pod: 'etcd-1', value: after }))

export const answersAlike = {
  upholds: [{ title: 'the same twice', params: pair, history: readTwice(done, done) }],
  rejects: [
    { title: 'another value', params: pair, history: readTwice(done, { ...done, value: 'red' }) },
    { title: 'no value any more', params: pair, history: readTwice(done, { ...done, value: null }) },
    { title: 'a refusal', params: pair, history: readTwice(done, refused) },
  ],
  gaps: [
    { title: 'asked once', params: pair, history: historyOf(measured('answer', 'before', { pod: 'etcd-1', value: done })) },
    { title: 'no answer', params: pair, history: readTwice(done, silent) },
    { title: 'nothing to compare with', params: pair, history: readTwice({ ...done, value: null }, done) },
  ],
} satisfies Examples<typeof checks.answersAlike>

export const requestDone = {
  upholds: [{ title: 'done', params: { attempt: found }, history: read(done) }],
  rejects: [{ title: 'refused', params: { attempt: found }, history: read(refused) }],
  gaps: [
    { title: 'never asked', params: { attempt: found }, history: historyOf() },
    { title: 'no answer', params: { attempt: found }, history: read(silent) },
  ],
} satisfies Examples<typeof checks.requestDone>

export const requestDenied = {
  upholds: [{ title: 'refused', params: { attempt: found }, history: read(refused) }],
  rejects: [{ title: 'done', params: { attempt: found }, history: read(done) }],
  gaps: requestDone.gaps,
} satisfies Examples<typeof checks.requestDenied>
