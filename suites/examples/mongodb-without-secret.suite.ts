import { expect } from 'vitest'
import { conformance, containerWaiting, createAsWritten, podAbsent, podNotStarted } from '../../harness/index.ts'

conformance(
  {
    id: 'examples/mongodb-without-secret',
    statement:
      'The first Pod of the MongoDB example waits for the Secret that it names, whatever its image, and the set has no other Pod meanwhile.',
    level: 'MUST',
    source: { page: 'concepts/configuration/secret/', section: 'restriction-secret-must-exist' },
    requires: ['DynamicProvisioning'],
    mutants: ['secret-optional'],
    proves: { 'manifest.mongodb-replica-set': { 'no-secret': ['waits', 'not-started', 'no-second'] } },
    podSecurity: { level: 'baseline', why: 'The example names no user.' },
  },
  async (fixtures) => {
    const { observe, limits, mark } = fixtures
    const pods = await observe.pods()

    await createAsWritten('mongodb-replica-set', fixtures)
    await expect(pods).toReach(containerWaiting({ pod: 'mongodb-0', reason: 'CreateContainerConfigError' }), {
      within: limits.podReady,
      as: 'waits',
    })
    const waiting = mark('without the Secret')

    await expect(pods).toStay(podNotStarted({ pod: 'mongodb-0' }), { for: limits.staysUnchanged, after: waiting, as: 'not-started' })
    await expect(pods).toStay(podAbsent({ pod: 'mongodb-1' }), { for: limits.staysUnchanged, after: waiting, as: 'no-second' })
  },
)
