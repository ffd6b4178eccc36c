import { expect } from 'vitest'
import {
  answersValue,
  applyExample,
  conformance,
  countVisits,
  createAsWritten,
  initiate,
  insertEverywhere,
  mongoIn,
  passwordSecret,
  podsReady,
  requestDenied,
  requestDone,
  statesOfMembers,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/mongodb-replica-set',
    statement:
      'The members of a MongoDB StatefulSet run and refuse writes until somebody initiates the set. Then one is primary, and the others have its data.',
    level: 'MUST',
    source: { page: 'https://www.mongodb.com/docs/manual/tutorial/deploy-replica-set/', section: 'initiate-the-replica-set' },
    requires: ['DynamicProvisioning', 'MongoDB'],
    mutants: ['members-start-alone'],
    proves: {
      'manifest.mongodb-replica-set': {
        'no-set': ['run', 'no-set', 'no-writes'],
        initiated: ['corrected-run', 'initiated', 'everywhere'],
      },
    },
    pace: 'slow',
    podSecurity: { level: 'baseline', why: 'The example names no user, and the directory of its data belongs to root.' },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits } = fixtures
    const members = ['mongodb-0.mongodb', 'mongodb-1.mongodb', 'mongodb-2.mongodb']
    const written = ['mongodb-written-0', 'mongodb-written-1', 'mongodb-written-2'] as const
    const first = mongoIn('mongodb-0', fixtures, { members })
    const pods = await observe.pods()

    await namespace.apply(passwordSecret('mongodb-secret'))
    await createAsWritten('mongodb-replica-set', fixtures, { only: ['StatefulSet'], suffix: '-written' })
    await expect(pods).toReach(podsReady({ statefulSet: 'mongodb-written', replicas: 3 }), { within: limits.statefulSetReady, as: 'run' })
    const states = [
      await mongoIn(written[0], fixtures).ask('state', statesOfMembers),
      await mongoIn(written[1], fixtures).ask('state', statesOfMembers),
      await mongoIn(written[2], fixtures).ask('state', statesOfMembers),
    ] as const
    const writes = [
      await mongoIn(written[0], fixtures).ask('write', 'db.visits.insertOne({ n: 0 })'),
      await mongoIn(written[1], fixtures).ask('write', 'db.visits.insertOne({ n: 0 })'),
      await mongoIn(written[2], fixtures).ask('write', 'db.visits.insertOne({ n: 0 })'),
    ] as const
    await namespace.delete({ kind: 'StatefulSet', name: 'mongodb-written' })
    await applyExample('mongodb-replica-set', fixtures)
    await expect(pods).toReach(podsReady({ statefulSet: 'mongodb', replicas: 3 }), { within: limits.statefulSetReady, as: 'corrected-run' })
    const initiated = await first.ask('initiation', initiate(members))
    const inserted = await first.askPrimary('write', insertEverywhere(100, 3))
    const inSecond = await mongoIn('mongodb-1', fixtures).ask('documents', countVisits)
    const inLast = await mongoIn('mongodb-2', fixtures).ask('documents', countVisits)

    await expect(history).toUphold(answersValue({ found: states[0], value: 'NotYetInitialized' }), { as: 'no-set' })
    await expect(history).toUphold(answersValue({ found: states[1], value: 'NotYetInitialized' }), { as: 'no-set' })
    await expect(history).toUphold(answersValue({ found: states[2], value: 'NotYetInitialized' }), { as: 'no-set' })
    await expect(history).toUphold(requestDenied({ attempt: writes[0] }), { as: 'no-writes' })
    await expect(history).toUphold(requestDenied({ attempt: writes[1] }), { as: 'no-writes' })
    await expect(history).toUphold(requestDenied({ attempt: writes[2] }), { as: 'no-writes' })
    await expect(history).toUphold(requestDone({ attempt: initiated }), { as: 'initiated' })
    await expect(history).toUphold(requestDone({ attempt: inserted }), { as: 'everywhere' })
    await expect(history).toUphold(answersValue({ found: inSecond, value: '100' }), { as: 'everywhere' })
    await expect(history).toUphold(answersValue({ found: inLast, value: '100' }), { as: 'everywhere' })
  },
)
