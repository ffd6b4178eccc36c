import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  countVisits,
  differentVolumes,
  initiate,
  insertEverywhere,
  mongoIn,
  mongoService,
  mongoSet,
  podReady,
  podsReady,
  together,
  until,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/mongo-initial-sync',
    statement: 'A member of a MongoDB replica set that returns with an empty volume synchronises its data from the other members.',
    level: 'SHOULD',
    source: { page: 'https://www.mongodb.com/docs/manual/tutorial/resync-replica-set-member/', section: 'procedures' },
    requires: ['DynamicProvisioning', 'MongoDB'],
    mutants: ['members-start-alone', 'member-returns-alone'],
    proves: { 'app.mongo-members-sync': { 'own-directory': 'own-directory', returns: 'returns' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const members = ['mongo-0.mongo', 'mongo-1.mongo', 'mongo-2.mongo']
    const set = mongoSet('mongo', { cluster, replicas: 3 })
    const first = mongoIn('mongo-0', { namespace, measure }, { members })
    const last = mongoIn('mongo-2', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(mongoService('mongo'))
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'mongo', replicas: 3 }), { within: limits.statefulSetReady })
    await first.ask('initiation', initiate(members))
    await first.askPrimary('write', insertEverywhere(100, 3))

    await namespace.scale(set, 2)
    await until(pods, podsReady({ statefulSet: 'mongo', replicas: 2 }), { within: limits.statefulSetScaled })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-mongo-2' })
    await until(pvcs, volumeRemoved({ pvc: 'data-mongo-2' }), { within: limits.objectDeleted })
    await namespace.scale(set, 3)
    await expect(pods).toReach(podReady({ pod: 'mongo-2' }), { within: limits.statefulSetReady, as: 'returns' })
    await first.askPrimary('write with the new member', insertEverywhere(1, 3))
    const found = await last.ask('documents of the new member', countVisits)

    await expect(history).toUphold(answersValue({ found, value: '101' }), { as: 'returns' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-mongo-0', 'data-mongo-1', 'data-mongo-2'] }), { as: 'own-directory' })
  },
)
