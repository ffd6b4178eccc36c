import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  countVisits,
  initiate,
  insertEverywhere,
  mongoIn,
  mongoService,
  mongoSet,
  podsReady,
  requestDenied,
  requestDone,
  statesOfMembers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/mongo-needs-initiate',
    statement:
      'MongoDB members in a StatefulSet do not form a replica set, and refuse writes, until the set is initiated once. Then one member is primary, and the others replicate its data.',
    level: 'SHOULD',
    source: { page: 'https://www.mongodb.com/docs/manual/tutorial/deploy-replica-set/', section: 'initiate-the-replica-set' },
    requires: ['DynamicProvisioning', 'MongoDB'],
    mutants: ['members-start-alone'],
    proves: { 'app.mongo-needs-initiate': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const members = ['mongo-0.mongo', 'mongo-1.mongo', 'mongo-2.mongo']
    const first = mongoIn('mongo-0', { namespace, measure }, { members })
    const last = mongoIn('mongo-2', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(mongoService('mongo'))
    await namespace.apply(mongoSet('mongo', { cluster, replicas: 3 }))
    await until(pods, podsReady({ statefulSet: 'mongo', replicas: 3 }), { within: limits.statefulSetReady })

    const stateBefore = await first.ask('state before', statesOfMembers)
    const writtenBefore = await first.ask('write before', 'db.visits.insertOne({ n: 0 })')
    const initiated = await first.ask('initiation', initiate(members))
    const written = await first.askPrimary('write', insertEverywhere(100, 3))
    const stateAfterwards = await first.ask('state afterwards', statesOfMembers)
    const found = await last.ask('documents', countVisits)

    await expect(history).toUphold(answersValue({ found: stateBefore, value: 'NotYetInitialized' }))
    await expect(history).toUphold(requestDenied({ attempt: writtenBefore }))
    await expect(history).toUphold(requestDone({ attempt: initiated }))
    await expect(history).toUphold(requestDone({ attempt: written }))
    await expect(history).toUphold(answersValue({ found: stateAfterwards, value: 'PRIMARY, SECONDARY, SECONDARY' }))
    await expect(history).toUphold(answersValue({ found, value: '100' }))
  },
)
