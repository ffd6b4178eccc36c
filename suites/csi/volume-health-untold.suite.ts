import { expect } from 'vitest'
import {
  abnormalAnswered,
  conformance,
  figuresLack,
  measureDriverCalls,
  neverWarned,
  podReady,
  podWithPvcs,
  premise,
  pvc,
  storedWith,
  twoWorkers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'csi/volume-health-untold',
    statement:
      'While the feature gate CSIVolumeHealth is off, as it is by default, nobody hears that a CSI driver reports an abnormal volume: there is no event about its Pod or PVC, nothing in their status, and no metric of the kubelet.',
    level: 'MAY',
    pace: 'slow',
    source: { page: 'concepts/storage/volume-health-monitoring/', section: '' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'DriverCallLog'],
    mutants: ['starts-taken-for-damage'],
    proves: {
      'csi.volume-health-events': { 'no-event': ['pod-not-warned', 'pvc-not-warned'], 'no-metric': 'no-metric', 'no-status': 'no-status' },
    },
  },
  async ({ namespace, kubelets, observe, history, limits, cluster, measure, mark, sizes }) => {
    const [node] = twoWorkers(cluster)
    const pods = await observe.pods()
    await observe.events()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('whole', { cluster, size: sizes.small }))
    await namespace.apply(pvc('lost', { cluster, size: sizes.small }))
    // The kubelet looks at all volumes of a Pod at the same time.
    await namespace.apply(podWithPvcs('user', { cluster, pvcs: ['whole', 'lost'], node }))
    await until(pods, podReady({ pod: 'user' }), { within: limits.podReady })

    await namespace.loseStorage('lost', cluster)
    const figures = await kubelets.readVolumeFigures('after the loss', { node, pvcs: ['whole'] })
    const calls = await measureDriverCalls('after the loss', { cluster, history, measure }, 'lost')
    await premise(history, abnormalAnswered({ calls }))
    const told = mark('the driver told the kubelet')
    await expect(pods).toStay(podReady({ pod: 'user' }), { for: limits.staysUnchanged, after: told })

    const metric = 'health_status_abnormal'
    await expect(history).toUphold(neverWarned({ kind: 'Pod', name: 'user', reason: 'VolumeConditionAbnormal' }), {
      as: 'pod-not-warned',
    })
    await expect(history).toUphold(neverWarned({ kind: 'PersistentVolumeClaim', name: 'lost', reason: 'VolumeConditionAbnormal' }), {
      as: 'pvc-not-warned',
    })
    await expect(history).toUphold(figuresLack({ figures, pvc: 'lost', unlike: 'whole', metric }), { as: 'no-metric' })
    await expect(history).toUphold(figuresLack({ figures, pvc: 'whole', unlike: 'whole', metric }), { as: 'no-metric' })
    const ofPod = { kind: 'Pod', name: 'user', path: ['status', 'volumeHealth'], value: null } as const
    const ofPvc = { kind: 'PersistentVolumeClaim', name: 'lost', path: ['status', 'healthStatus'], value: null } as const
    await expect(history).toUphold(storedWith(ofPod), { as: 'no-status' })
    await expect(history).toUphold(storedWith(ofPvc), { as: 'no-status' })
  },
)
