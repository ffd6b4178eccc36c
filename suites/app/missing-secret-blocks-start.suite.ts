import { expect } from 'vitest'
import {
  conformance,
  containerWaiting,
  podAbsent,
  podNotStarted,
  podsReady,
  passwordSecret,
  selectorOf,
  statefulSetWithPassword,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/missing-secret-blocks-start',
    statement:
      'A StatefulSet Pod that needs a missing Secret waits in CreateContainerConfigError, and the next Pod is not created. After the Secret is created, all Pods start.',
    level: 'MUST',
    source: { page: 'concepts/configuration/secret/', section: 'restriction-secret-must-exist' },
    requires: [],
    mutants: ['secret-optional'],
    proves: { 'app.mongo-secret-missing': { waits: 'waits', next: 'next', created: 'created' } },
  },
  async ({ namespace, observe, limits, cluster, mark }) => {
    const mongo = statefulSetWithPassword('mongo', { cluster, replicas: 2, secret: 'mongodb-secret' })
    const pods = await observe.pods(selectorOf(mongo))

    await namespace.apply(mongo)
    await expect(pods).toReach(containerWaiting({ pod: 'mongo-0', reason: 'CreateContainerConfigError' }), {
      within: limits.podReady,
      as: 'waits',
    })
    const waiting = mark('Pod 0 waits for its Secret')
    await expect(pods).toStay(podNotStarted({ pod: 'mongo-0' }), { for: limits.staysUnchanged, after: waiting, as: 'waits' })
    await expect(pods).toStay(podAbsent({ pod: 'mongo-1' }), { for: limits.staysUnchanged, after: waiting, as: 'next' })

    await namespace.apply(passwordSecret('mongodb-secret'))
    await expect(pods).toReach(podsReady({ statefulSet: 'mongo', replicas: 2 }), { within: limits.statefulSetReady, as: 'created' })
  },
)
