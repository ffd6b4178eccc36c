import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  backupReached,
  conformance,
  fileIn,
  idlePod,
  podReady,
  restoreReached,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/restore-hooks',
    statement:
      'An exec restore hook runs in its container once the Pod is restored. If a Pod has no such container, its Restore ends PartiallyFailed instead of waiting forever, and another Restore beside it completes.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/restore-hooks/', section: 'exec-restore-hooks' },
    requires: ['Velero'],
    mutants: ['restore-hooks-dropped'],
    proves: { 'velero.restore-hooks': { runs: 'ran', 'no-container': ['ran', 'ended'], others: 'other-completed' } },
    pace: 'slow',
  },
  async ({ namespace, additionalNamespace, observe, velero, history, limits, cluster, measure }) => {
    const [hooked, plain] = [additionalNamespace('hooked'), additionalNamespace('plain')]
    const ran = '/tmp/restored'
    const [both, one] = [{ hooks: 'both' }, { hooks: 'one' }]
    const write = { exec: { command: ['bash', '-c', `echo here >> ${ran}`] } }
    const resources = [
      { name: 'everywhere', postHooks: [write] },
      { name: 'nowhere', labelSelector: { matchLabels: both }, postHooks: [{ exec: { ...write.exec, container: 'missing' } }] },
    ]
    const [pods, restored] = [await observe.pods(), await hooked.observe.pods()]
    const [backups, restores] = [await observe.backups(), await observe.restores()]
    await namespace.apply(idlePod('first', { cluster, labels: both }))
    await namespace.apply(idlePod('second', { cluster, labels: one }))
    await until(pods, allReady({ pods: ['first', 'second'] }), { within: limits.podReady })
    const backupName = await velero.backup('taken')
    await until(backups, backupReached({ backup: backupName, phase: 'Completed' }), { within: limits.backupEnded })

    const namespaceMapping = { [namespace.name]: hooked.namespace.name }
    const first = await velero.restore('hooked', { backupName, namespaceMapping, hooks: { resources } })
    const second = await velero.restore('plain', { backupName, namespaceMapping: { [namespace.name]: plain.namespace.name } })
    await until(restored, podReady({ pod: hooked.nameOf('first') }), { within: limits.podReady })
    await until(restored, podReady({ pod: hooked.nameOf('second') }), { within: limits.podReady })
    await expect(restores).toReach(restoreReached({ restore: first, phase: 'PartiallyFailed' }), {
      within: limits.restoreEnded,
      as: 'ended',
    })
    await expect(restores).toReach(restoreReached({ restore: second, phase: 'Completed' }), {
      within: limits.restoreEnded,
      as: 'other-completed',
    })

    const place = { namespace: hooked.namespace, measure }
    const inFirst = await fileIn('first', place, ran).read('in the one with both hooks')
    const inSecond = await fileIn('second', place, ran).read('in the other')
    await expect(history).toUphold(answersValue({ found: inFirst, value: 'here' }), { as: 'ran' })
    await expect(history).toUphold(answersValue({ found: inSecond, value: 'here' }), { as: 'ran' })
  },
)
