import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './pod-owners.ts'
import { historyOf, podReady, seen } from '../../../engine/history/literal.ts'

const web = seen('StatefulSet', 'web', { uid: 'new' })
const owned = (uid: string) => seen('Pod', 'web-0', { owners: [{ kind: 'StatefulSet', name: 'web', uid }] })

const pods = { pods: ['web-0'] }
const ofWeb = { ...pods, statefulSet: 'web' }

export const podsOrphaned = {
  holds: [{ title: 'no owner', params: pods, history: historyOf(podReady('web-0')) }],
  not: [
    { title: 'an owner', params: pods, history: historyOf(owned('old')) },
    { title: 'not there', params: pods, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.podsOrphaned>

export const podsOwned = {
  holds: [{ title: 'by the one that is there', params: ofWeb, history: historyOf(web, owned('new')) }],
  not: [
    { title: 'by one of the same name that is gone', params: ofWeb, history: historyOf(web, owned('old')) },
    { title: 'by nobody', params: ofWeb, history: historyOf(web, podReady('web-0')) },
    { title: 'no StatefulSet', params: ofWeb, history: historyOf(owned('new')) },
  ],
} satisfies Examples<typeof conditions.podsOwned>

export const podEnded = {
  holds: [
    {
      title: 'failed',
      params: { pod: 'web-0' },
      history: historyOf(seen('Pod', 'web-0', { status: { phase: 'Failed' } }), podReady('web-0')),
    },
  ],
  not: [
    {
      title: 'the other way',
      params: { pod: 'web-0', phase: 'Succeeded' },
      history: historyOf(seen('Pod', 'web-0', { status: { phase: 'Failed' } })),
    },
    { title: 'running', params: { pod: 'web-0' }, history: historyOf(podReady('web-0')) },
    { title: 'never seen', params: { pod: 'web-0' }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.podEnded>
