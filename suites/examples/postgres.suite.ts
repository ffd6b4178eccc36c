import { expect } from 'vitest'
import {
  answersValue,
  applyExample,
  conformance,
  createAsWritten,
  idlePod,
  namesFrom,
  neverAnswered,
  onlyPodReady,
  podAbsent,
  podGone,
  podNotStarted,
  podOf,
  podPresent,
  podReady,
  podsReady,
  podsStartInOrdinalOrder,
  postgresIn,
  pvcsByTemplate,
  pvcsIn,
  replicasOf,
  replicasPresent,
  resolvesTo,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/postgres',
    statement:
      'A PVC of a class that is missing stays Pending, and so does the PostgreSQL server on it. Once the class is there, the server starts and keeps its rows in another Pod. In a StatefulSet, three start in order, each with a PVC and, with the Service, a name of its own; none is a copy of another.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'components' },
    requires: ['DynamicProvisioning', 'PostgreSQL'],
    mutants: ['binding-mode-ignored', 'parallel-pod-management', 'service-unasked'],
    proves: {
      'manifest.postgres-pvc-and-deployment': {
        waits: ['class-missing', 'pod-waits'],
        runs: ['written-runs', 'written-kept'],
        corrected: ['corrected-runs', 'corrected-kept'],
      },
      'manifest.postgres-statefulset': { 'no-service': 'no-names', runs: ['three-run', 'names'] },
      'manifest.prose-postgres-stack': {
        waits: ['class-missing', 'no-second'],
        order: 'in-order',
        'own-pvcs': 'own-pvcs',
        names: 'names',
        'no-copies': 'no-copies',
      },
    },
    pace: 'slow',
    podSecurity: { level: 'baseline', why: 'The example names no user, so that its server begins as root.' },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark, sizes } = fixtures
    const fast = { storageClass: `${namespace.name}-fast-ssd` } as const
    const servers = ['postgres-0', 'postgres-1', 'postgres-2'] as const
    const tables = `select count(*) from pg_tables where tablename = 'visits'`
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.services()
    await namespace.apply(idlePod('client', { cluster }))

    await createAsWritten('postgres-deployment', fixtures, { ...fast, suffix: '-written' })
    await applyExample('postgres-statefulset', fixtures, { ...fast, only: ['Secret', 'StatefulSet'] })
    await until(pods, replicasPresent({ deployment: 'postgres-written', replicas: 1 }), { within: limits.podReady })
    await until(pods, podPresent({ pod: 'postgres-0' }), { within: limits.podReady })
    const [waitingPod] = await replicasOf(history, 'postgres-written', { count: 1 })
    const missing = mark('asked for without a class')
    await expect(pvcs).toStay(pvcsIn({ pvcs: ['postgres-pvc-written', 'data-postgres-0'], phase: 'Pending' }), {
      for: limits.staysUnchanged,
      after: missing,
      as: 'class-missing',
    })
    await expect(pods).toStay(podNotStarted({ pod: waitingPod }), { for: limits.staysUnchanged, after: missing, as: 'pod-waits' })
    await expect(pods).toStay(podAbsent({ pod: 'postgres-1' }), { for: limits.staysUnchanged, after: missing, as: 'no-second' })
    await applyExample('storage-classes', fixtures)
    await expect(pods).toReach(podsReady({ statefulSet: 'postgres', replicas: 3 }), { within: limits.statefulSetReady, as: 'three-run' })
    await expect(pods).toReach(onlyPodReady({ deployment: 'postgres-written' }), { within: limits.podReady, as: 'written-runs' })
    const firstPod = await podOf(history, 'postgres-written')
    await postgresIn(firstPod, fixtures).listening()
    await postgresIn(firstPod, fixtures).run('create table visits (n int); insert into visits values (1), (2), (3)')
    await namespace.delete({ kind: 'Pod', name: firstPod })
    await until(pods, podGone({ pod: firstPod }), { within: limits.podDeleted })
    await until(pods, onlyPodReady({ deployment: 'postgres-written' }), { within: limits.podReady })
    const nextPod = postgresIn(await podOf(history, 'postgres-written'), fixtures)
    await nextPod.listening()
    const written = await nextPod.ask('rows', 'select count(*) from visits')
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })
    const names = await namesFrom('client', fixtures)
    const without = await names.watch(['postgres-0.postgres', 'postgres-1.postgres', 'postgres-2.postgres'], 'without a Service', {
      for: limits.staysUnchanged,
    })
    await applyExample('postgres-statefulset', fixtures, { only: ['Service'] })
    const first = await names.ask('postgres-0.postgres', 'the first with the Service', { pods: ['postgres-0'] })
    const second = await names.ask('postgres-1.postgres', 'the second with the Service', { pods: ['postgres-1'] })
    const third = await names.ask('postgres-2.postgres', 'the third with the Service', { pods: ['postgres-2'] })
    await postgresIn('postgres-0', fixtures).run('create table visits (n int)')
    const inFirst = await postgresIn('postgres-0', fixtures).ask('tables', tables)
    const inSecond = await postgresIn('postgres-1', fixtures).ask('tables', tables)
    const inThird = await postgresIn('postgres-2', fixtures).ask('tables', tables)
    await applyExample('postgres-deployment', fixtures, { ...fast, suffix: '-corrected' })
    await expect(pods).toReach(onlyPodReady({ deployment: 'postgres-corrected' }), { within: limits.podReady, as: 'corrected-runs' })
    const secondPod = await podOf(history, 'postgres-corrected')
    await postgresIn(secondPod, fixtures).run('create table visits (n int); insert into visits values (1), (2), (3)')
    await namespace.delete({ kind: 'Pod', name: secondPod })
    await until(pods, podGone({ pod: secondPod }), { within: limits.podDeleted })
    await until(pods, onlyPodReady({ deployment: 'postgres-corrected' }), { within: limits.podReady })
    const corrected = await postgresIn(await podOf(history, 'postgres-corrected'), fixtures).ask('rows', 'select count(*) from visits')

    await expect(history).toUphold(answersValue({ found: written, value: '3' }), { as: 'written-kept' })
    await expect(history).toUphold(answersValue({ found: corrected, value: '3' }), { as: 'corrected-kept' })
    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'postgres', replicas: 3 }), { as: 'in-order' })
    await expect(history).toUphold(pvcsByTemplate({ template: 'data', size: sizes.small, pods: servers }), { as: 'own-pvcs' })
    await expect(history).toUphold(neverAnswered({ found: without }), { as: 'no-names' })
    await expect(history).toUphold(resolvesTo(first), { as: 'names' })
    await expect(history).toUphold(resolvesTo(second), { as: 'names' })
    await expect(history).toUphold(resolvesTo(third), { as: 'names' })
    await expect(history).toUphold(answersValue({ found: inFirst, value: '1' }), { as: 'no-copies' })
    await expect(history).toUphold(answersValue({ found: inSecond, value: '0' }), { as: 'no-copies' })
    await expect(history).toUphold(answersValue({ found: inThird, value: '0' }), { as: 'no-copies' })
  },
)
