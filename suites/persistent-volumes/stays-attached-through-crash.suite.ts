import { expect } from 'vitest'
import {
  conformance,
  crash,
  podReady,
  podRestarted,
  selectorOf,
  statefulSet,
  staysAttached,
  staysTheSamePod,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/stays-attached-through-crash',
    statement: 'When a container crashes, its volume stays attached to the node. It is neither detached nor attached again.',
    level: 'MUST',
    source: { page: 'concepts/workloads/pods/pod-lifecycle/', section: 'restart-policy' },
    requires: ['DynamicProvisioning', 'VolumeAttachments'],
    mutants: ['attachment-deleted'],
    proves: { 'failure.container-crash-in-place': { 'not-attached-again': 'stays-attached' } },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const pods = together(await observe.pods(selectorOf(web)), await observe.volumeAttachments())
    await observe.pvcs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })

    await namespace.exec('web-0', crash)
    await expect(pods).toReach(podRestarted({ pod: 'web-0' }), { within: limits.containerRestarted })
    const restarted = mark('the container runs again')
    await expect(pods).toStay(podRestarted({ pod: 'web-0' }), { for: limits.staysUnchanged, after: restarted })

    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'some' }))
    await expect(history).toUphold(staysAttached({ pvc: 'data-web-0' }), { as: 'stays-attached' })
  },
)
