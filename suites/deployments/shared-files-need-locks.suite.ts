import { expect } from 'vitest'
import {
  answersOther,
  answersValue,
  conformance,
  deployment,
  pvc,
  replicasOf,
  replicasReady,
  sharedDatabase,
  storedWith,
} from '../../harness/index.ts'

conformance(
  {
    id: 'deployments/shared-files-need-locks',
    statement:
      'Kubernetes does not keep the replicas of a Deployment from writing to the same database files at once. Without locks of the application, rows that it has acknowledged are lost. With locks on the files, the database is whole.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'NodeLocalVolumes'],
    mutants: ['pvc-replaced-by-scratch', 'pvcs-for-one-pod'],
    proves: {
      'deployment.shared-files-corrupt': {
        unlocked: ['both-run', 'same-pvc', 'write-at-once', 'acknowledged', 'rows-lost'],
        locked: ['both-run', 'same-pvc', 'kept-apart', 'in-turn', 'whole'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const unlocked = { name: 'unlocked', locks: false }
    const locked = { name: 'locked', locks: true }
    const pods = await observe.pods()
    await namespace.apply(pvc('shared', { cluster, size: sizes.small, storageClass: cluster.storageClasses.nodeLocal }))
    await namespace.apply(deployment('web', { cluster, replicas: 2, pvc: 'shared' }))
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 2 }), { within: limits.podReady, as: 'both-run' })
    const [one, two] = await replicasOf(history, 'web', { count: 2 })
    const first = sharedDatabase(one, { namespace, measure }, unlocked)
    const second = sharedDatabase(two, { namespace, measure }, unlocked)
    const firstLocked = sharedDatabase(one, { namespace, measure }, locked)
    const secondLocked = sharedDatabase(two, { namespace, measure }, locked)
    await first.create()
    await firstLocked.create()

    const begunByFirst = await first.begin('begin without locks')
    const begunBySecond = await second.begin('begin without locks, beside the first')
    const committed = await second.commit('commit without locks')
    await first.commit('commit without locks, after the second')
    const left = await first.read('rows of both, without locks')
    const begunLocked = await firstLocked.begin('begin with locks')
    const refused = await secondLocked.begin('begin with locks, beside the first')
    const committedLocked = await firstLocked.commit('commit with locks')
    const begunAfterwards = await secondLocked.begin('begin with locks, after the first')
    const committedAfterwards = await secondLocked.commit('commit with locks, after the first')
    const whole = await secondLocked.read('rows of both, with locks')

    const path = ['spec', 'volumes', '0', 'persistentVolumeClaim', 'claimName']
    const rowsOfBoth = `${one}, ${two}`
    await expect(history).toUphold(answersValue({ found: begunLocked, value: 'done' }), { as: 'kept-apart' })
    await expect(history).toUphold(answersValue({ found: refused, value: 'database is locked' }), { as: 'kept-apart' })
    await expect(history).toUphold(answersValue({ found: committedLocked, value: 'done' }), { as: 'in-turn' })
    await expect(history).toUphold(answersValue({ found: begunAfterwards, value: 'done' }), { as: 'in-turn' })
    await expect(history).toUphold(answersValue({ found: committedAfterwards, value: 'done' }), { as: 'in-turn' })
    await expect(history).toUphold(answersValue({ found: whole, value: rowsOfBoth }), { as: 'whole' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: one, path, value: 'shared' }), { as: 'same-pvc' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: two, path, value: 'shared' }), { as: 'same-pvc' })
    await expect(history).toUphold(answersValue({ found: begunByFirst, value: 'done' }), { as: 'write-at-once' })
    await expect(history).toUphold(answersValue({ found: begunBySecond, value: 'done' }), { as: 'write-at-once' })
    await expect(history).toUphold(answersValue({ found: committed, value: 'done' }), { as: 'acknowledged' })
    await expect(history).toUphold(answersOther({ found: left, value: rowsOfBoth }), { as: 'rows-lost' })
  },
)
