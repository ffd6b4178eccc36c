import { expect } from 'vitest'
import {
  allReady,
  conformance,
  handleAsAnswered,
  madeInZone,
  measureDriverCalls,
  pod,
  pvc,
  reachableAsAnswered,
  storedWith,
  twoZones,
  until,
  zoneClass,
} from '../../harness/index.ts'

conformance(
  {
    id: 'csi/pv-names-its-volume',
    statement:
      'A PersistentVolume names the CSI driver that made its volume, the id that the driver gave it, and from where the driver has it reached: a zone, a node, or nothing where every node reaches it.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'node-affinity' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'MovableVolumes', 'NodeLocalVolumes', 'Zones', 'DriverCallLog'],
    mutants: ['volume-made-by-hand', 'binding-mode-ignored'],
    proves: {
      'csi.pv-carries-driver-and-handle': {
        driver: 'driver',
        handle: 'handle',
        topology: 'some-nodes',
        everywhere: 'every-node',
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [here, there] = twoZones(cluster)
    const zonal = zoneClass(`${namespace.name}-zonal`, { cluster, zone: there.zone })
    const { nodeLocal } = cluster.storageClasses
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(zonal)

    await namespace.apply(pvc('local', { cluster, size: sizes.small, storageClass: nodeLocal }))
    await namespace.apply(pvc('zonal', { cluster, size: sizes.small, storageClass: zonal.metadata.name }))
    await namespace.apply(pvc('movable', { cluster, size: sizes.small }))
    await namespace.apply(pod('user-of-local', { cluster, pvc: 'local', node: here.name }))
    await namespace.apply(pod('user-of-zonal', { cluster, pvc: 'zonal' }))
    await namespace.apply(pod('user-of-movable', { cluster, pvc: 'movable' }))
    await until(pods, allReady({ pods: ['user-of-local', 'user-of-zonal', 'user-of-movable'] }), { within: limits.podReady })

    const judge = async (name: string) => {
      const volume = await namespace.pvOf(name)
      const calls = await measureDriverCalls('while it was used', { cluster, history, measure }, name)
      await expect(history).toUphold(storedWith({ ...volume, path: ['spec', 'csi', 'driver'], value: cluster.driver }), { as: 'driver' })
      await expect(history).toUphold(handleAsAnswered({ calls }), { as: 'handle' })
      return calls
    }
    const [local, inZone, movable] = [await judge('local'), await judge('zonal'), await judge('movable')]
    await expect(history).toUphold(reachableAsAnswered({ calls: local, from: 'some nodes' }), { as: 'some-nodes' })
    await expect(history).toUphold(reachableAsAnswered({ calls: inZone, from: 'some nodes' }), { as: 'some-nodes' })
    await expect(history).toUphold(madeInZone({ pvc: 'zonal', zone: there.zone }), { as: 'some-nodes' })
    await expect(history).toUphold(reachableAsAnswered({ calls: movable, from: 'every node' }), { as: 'every-node' })
  },
)
