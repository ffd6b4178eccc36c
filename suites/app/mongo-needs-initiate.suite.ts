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
    proves: {
      'app.mongo-needs-initiate': { 'no-set': 'no-set', 'no-writes': 'no-writes', initiated: ['initiated', 'everywhere'] },
      'app.mongo-members-sync': { synchronise: ['initiated', 'everywhere'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const members = ['mongo-0.mongo', 'mongo-1.mongo', 'mongo-2.mongo']
    const first = mongoIn('mongo-0', { namespace, measure }, { members })
    const second = mongoIn('mongo-1', { namespace, measure })
    const last = mongoIn('mongo-2', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(mongoService('mongo'))
    await namespace.apply(mongoSet('mongo', { cluster, replicas: 3 }))
    await until(pods, podsReady({ statefulSet: 'mongo', replicas: 3 }), { within: limits.statefulSetReady })

    const statesBefore = [
      await first.ask('state before', statesOfMembers),
      await second.ask('state before', statesOfMembers),
      await last.ask('state before', statesOfMembers),
    ] as const
    const writesBefore = [
      await first.ask('write before', 'db.visits.insertOne({ n: 0 })'),
      await second.ask('write before', 'db.visits.insertOne({ n: 0 })'),
      await last.ask('write before', 'db.visits.insertOne({ n: 0 })'),
    ] as const
    const initiated = await first.ask('initiation', initiate(members))
    const written = await first.askPrimary('write', insertEverywhere(100, 3))
    const stateAfterwards = await first.ask('state afterwards', statesOfMembers)
    const inSecond = await second.ask('documents', countVisits)
    const inLast = await last.ask('documents', countVisits)

    await expect(history).toUphold(answersValue({ found: statesBefore[0], value: 'NotYetInitialized' }), { as: 'no-set' })
    await expect(history).toUphold(answersValue({ found: statesBefore[1], value: 'NotYetInitialized' }), { as: 'no-set' })
    await expect(history).toUphold(answersValue({ found: statesBefore[2], value: 'NotYetInitialized' }), { as: 'no-set' })
    await expect(history).toUphold(requestDenied({ attempt: writesBefore[0] }), { as: 'no-writes' })
    await expect(history).toUphold(requestDenied({ attempt: writesBefore[1] }), { as: 'no-writes' })
    await expect(history).toUphold(requestDenied({ attempt: writesBefore[2] }), { as: 'no-writes' })
    await expect(history).toUphold(requestDone({ attempt: initiated }), { as: 'initiated' })
    await expect(history).toUphold(requestDone({ attempt: written }), { as: 'everywhere' })
    await expect(history).toUphold(answersValue({ found: stateAfterwards, value: 'PRIMARY, SECONDARY, SECONDARY' }), { as: 'initiated' })
    await expect(history).toUphold(answersValue({ found: inSecond, value: '100' }), { as: 'everywhere' })
    await expect(history).toUphold(answersValue({ found: inLast, value: '100' }), { as: 'everywhere' })
  },
)
