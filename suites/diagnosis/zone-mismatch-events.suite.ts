import { expect } from 'vitest'
import {
  conformance,
  eventSeen,
  kubectlPrinted,
  neverWarned,
  pod,
  podReady,
  podUnschedulable,
  pvc,
  pvcsBound,
  pvcsIn,
  twoZones,
  zoneClass,
} from '../../harness/index.ts'

conformance(
  {
    id: 'diagnosis/zone-mismatch-events',
    statement:
      'A Pod that may not run in the zone of its volume shows FailedScheduling, and no FailedAttachVolume. Its PVC is Pending only if its class waits for a consumer that no node of the zone takes. The YAML of the PersistentVolume shows the zone.',
    level: 'MAY',
    source: { page: 'concepts/storage/storage-classes/', section: 'volume-binding-mode' },
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'MultipleNodes', 'Zones', 'Kubectl'],
    mutants: ['binding-mode-ignored'],
    proves: {
      'trouble.pending-zone-mismatch': {
        waits: ['waiting-pending', 'waiting-unscheduled'],
        bound: ['bound-at-once', 'stays-bound', 'bound-unscheduled'],
      },
      'trouble.failed-attach-zone-event': {
        scheduling: ['bound-says', 'waiting-says'],
        'no-attach': ['bound-never-attached', 'waiting-never-attached'],
      },
      'trouble.pv-node-affinity-shown': { zone: ['zone-shown', 'mirrored-shown'], usable: ['runs-there', 'bound-unscheduled'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes, kubectl }) => {
    const [here, there] = twoZones(cluster)
    const inZone = (name: string, { zone }: { readonly zone: string }) => zoneClass(`${namespace.name}-${name}`, { cluster, zone })
    const classes = { here: inZone('here', here), there: inZone('there', there), waiting: inZone('waiting', there) }
    const waiting = { ...classes.waiting, volumeBindingMode: 'WaitForFirstConsumer' } as const
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const events = await observe.events()
    const immediate = { volumeBindingMode: 'Immediate' } as const
    const [hereAtOnce, thereAtOnce] = [
      { ...classes.here, ...immediate },
      { ...classes.there, ...immediate },
    ]
    await namespace.apply(hereAtOnce)
    await namespace.apply(thereAtOnce)
    await namespace.apply(waiting)

    await namespace.apply(pvc('bound', { cluster, size: sizes.small, storageClass: classes.here.metadata.name }))
    await namespace.apply(pvc('mirrored', { cluster, size: sizes.small, storageClass: classes.there.metadata.name }))
    await namespace.apply(pvc('torn', { cluster, size: sizes.small, storageClass: waiting.metadata.name }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['bound', 'mirrored'] }), { within: limits.pvcBound, as: 'bound-at-once' })
    await namespace.apply(pod('at-home', { cluster, pvc: 'bound', node: here.name }))
    await namespace.apply(pod('elsewhere', { cluster, pvc: 'bound', node: there.name }))
    await namespace.apply(pod('torn', { cluster, pvc: 'torn', node: here.name }))
    await expect(pods).toReach(podReady({ pod: 'at-home' }), { within: limits.podReady, as: 'runs-there' })
    await expect(pods).toReach(podUnschedulable({ pod: 'elsewhere' }), { within: limits.podReady, as: 'bound-unscheduled' })
    await expect(pods).toReach(podUnschedulable({ pod: 'torn' }), { within: limits.podReady, as: 'waiting-unscheduled' })
    const refused = mark('both Pods were refused')
    await expect(pods).toStay(podUnschedulable({ pod: 'torn' }), { for: limits.staysUnchanged, after: refused, as: 'waiting-unscheduled' })
    const unscheduled = podUnschedulable({ pod: 'elsewhere' })
    await expect(pods).toStay(unscheduled, { for: limits.staysUnchanged, after: refused, as: 'bound-unscheduled' })
    const pending = pvcsIn({ pvcs: ['torn'], phase: 'Pending' })
    await expect(pvcs).toStay(pending, { for: limits.staysUnchanged, after: refused, as: 'waiting-pending' })
    const stayBound = pvcsBound({ pvcs: ['bound', 'mirrored'] })
    await expect(pvcs).toStay(stayBound, { for: limits.staysUnchanged, after: refused, as: 'stays-bound' })

    const failed = { kind: 'Pod', type: 'Warning', reason: 'FailedScheduling', says: 'nodes are available' } as const
    await expect(events).toReach(eventSeen({ ...failed, name: 'elsewhere' }), { within: limits.podReady, as: 'bound-says' })
    await expect(events).toReach(eventSeen({ ...failed, name: 'torn' }), { within: limits.podReady, as: 'waiting-says' })
    const attach = { kind: 'Pod', reason: 'FailedAttachVolume' } as const
    await expect(history).toUphold(neverWarned({ ...attach, name: 'elsewhere' }), { as: 'bound-never-attached' })
    await expect(history).toUphold(neverWarned({ ...attach, name: 'torn' }), { as: 'waiting-never-attached' })
    const ofHere = await kubectl.run(['get', 'pv', (await namespace.pvOf('bound')).name, '-o', 'yaml'])
    const ofThere = await kubectl.run(['get', 'pv', (await namespace.pvOf('mirrored')).name, '-o', 'yaml'])
    const shown = (zone: string) => ['nodeAffinity:', `- ${zone}`]
    await expect(history).toUphold(kubectlPrinted({ command: ofHere, lines: shown(here.zone), without: [`- ${there.zone}`] }), {
      as: 'zone-shown',
    })
    await expect(history).toUphold(kubectlPrinted({ command: ofThere, lines: shown(there.zone), without: [`- ${here.zone}`] }), {
      as: 'mirrored-shown',
    })
  },
)
