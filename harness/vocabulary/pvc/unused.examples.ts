import type { CheckExamplesOf } from '../../engine/judge/define-check.ts'
import type { ConditionExamplesOf } from '../../engine/judge/define-condition.ts'
import type * as vocabulary from './unused.ts'
import { gap, historyOf, type LiteralEntry, podReady, pvcSeen, seen } from '../../engine/history/literal.ts'

const time = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`
const bound = { phase: 'Bound', capacity: { storage: '320Mi' } }
const conditioned = (condition: object): LiteralEntry =>
  pvcSeen('data', { status: { ...bound, conditions: [{ type: 'Unused', ...condition }] } })
const inUse = conditioned({ status: 'False', lastTransitionTime: time(1) })
const unused = (second: number) => conditioned({ status: 'True', lastTransitionTime: time(second) })
const storedAt = (entry: LiteralEntry, second: number): LiteralEntry => ({ ...entry, writtenAt: time(second) }) as LiteralEntry

const ended = (pod: string, second: number): LiteralEntry => {
  const containerStatuses = [{ restartCount: 0, state: { terminated: { exitCode: 137, finishedAt: time(second) } } }]
  return seen('Pod', pod, { status: { phase: 'Failed', containerStatuses } })
}
const made = (pod: string, second: number): LiteralEntry => {
  const entry = seen('Pod', pod, { event: 'ADDED' })
  if (entry.type !== 'observation') return entry
  const metadata = { ...entry.object.metadata, creationTimestamp: time(second) }
  return { ...entry, object: { ...entry.object, metadata } }
}
const gone = (pod: string): LiteralEntry => seen('Pod', pod, { event: 'DELETED', terminating: true })

export const shownUnused = {
  holds: [{ title: 'in use no more', params: { pvcs: ['data'], unused: 'True' }, history: historyOf(inUse, unused(20)) }],
  not: [
    { title: 'in use', params: { pvcs: ['data'], unused: 'True' }, history: historyOf(inUse) },
    { title: 'no condition', params: { pvcs: ['data'], unused: 'False' }, history: historyOf(pvcSeen('data')) },
    { title: 'never seen', params: { pvcs: ['data'], unused: 'False' }, history: historyOf() },
  ],
} satisfies ConditionExamplesOf<typeof vocabulary.shownUnused>

export const unusedKnown = {
  holds: [
    { title: 'in use', params: { pvcs: ['data'] }, history: historyOf(inUse) },
    { title: 'unused', params: { pvcs: ['data'] }, history: historyOf(unused(20)) },
  ],
  not: [
    { title: 'no condition', params: { pvcs: ['data'] }, history: historyOf(pvcSeen('data')) },
    { title: 'of one of two', params: { pvcs: ['data', 'other'] }, history: historyOf(inUse, pvcSeen('other')) },
  ],
} satisfies ConditionExamplesOf<typeof vocabulary.unusedKnown>

const once = { pvc: 'data', pods: ['first', 'last'], times: 1 }
const never = { pvc: 'data', pods: ['first'], times: 0 }
const both = [podReady('first'), podReady('last')]
const next = seen('Pod', 'next', { event: 'ADDED' })

export const unusedSince = {
  upholds: [
    { title: 'never unused', params: never, history: historyOf(podReady('first'), inUse) },
    {
      title: 'since the last of two Pods ended, and again after the next one',
      params: { pvc: 'data', pods: ['first', 'last', 'next'], times: 2 },
      history: historyOf(
        ...[...both, inUse, ended('first', 10), gone('first'), ended('last', 20), storedAt(unused(20), 20), gone('last')],
        ...[next, conditioned({ status: 'False', lastTransitionTime: time(30) }), ended('next', 40), storedAt(unused(41), 41)],
      ),
    },
    {
      title: 'since a Pod was to end that nobody saw end',
      params: never,
      history: historyOf(podReady('first'), inUse, gone('first')),
    },
    {
      title: 'until its first Pod was made, which was seen before that',
      params: { ...once, pods: ['first'] },
      history: historyOf(unused(3), made('first', 4), unused(4), inUse, ended('first', 10), unused(11)),
    },
    {
      title: 'the clock of the node is a moment ahead',
      params: { ...once, pods: ['first'] },
      history: historyOf(podReady('first'), inUse, ended('first', 21), unused(20)),
    },
  ],
  rejects: [
    { title: 'while its first Pod is there', params: never, history: historyOf(made('first', 4), inUse, unused(6)) },
    { title: 'while a Pod uses it', params: once, history: historyOf(...both, inUse, ended('first', 10), unused(11)) },
    {
      title: 'since the first of two Pods ended',
      params: once,
      history: historyOf(...both, ended('first', 10), ended('last', 20), unused(10)),
    },
    {
      title: 'since before a Pod was deleted of which nobody saw the end',
      params: { ...once, pods: ['first'] },
      history: historyOf(
        podReady('first'),
        inUse,
        gone('first'),
        conditioned({ status: 'True', lastTransitionTime: '2025-12-31T23:59:50Z' }),
      ),
    },
    {
      title: 'since later than that was stored',
      params: { ...once, pods: ['first'] },
      history: historyOf(podReady('first'), inUse, ended('first', 10), storedAt(unused(30), 11)),
    },
    {
      title: 'it does not say since when',
      params: { ...once, pods: ['first'] },
      history: historyOf(podReady('first'), inUse, ended('first', 10), conditioned({ status: 'True' })),
    },
    { title: 'never, though its Pods ended', params: once, history: historyOf(...both, inUse, ended('first', 10), ended('last', 20)) },
    {
      title: 'twice, since another time each, though no Pod came between',
      params: { ...once, pods: ['first'] },
      history: historyOf(podReady('first'), inUse, ended('first', 10), unused(10), unused(15)),
    },
  ],
  gaps: [
    { title: 'Pods may have come unseen', params: never, history: historyOf(podReady('first'), inUse, gap('Pod')) },
    { title: 'no condition was seen', params: never, history: historyOf(podReady('first'), pvcSeen('data')) },
    { title: 'a Pod was never seen', params: once, history: historyOf(podReady('first'), inUse) },
  ],
} satisfies CheckExamplesOf<typeof vocabulary.unusedSince>
