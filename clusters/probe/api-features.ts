import {
  ApiException,
  type KubernetesObject,
  type V1CSIDriver,
  type V1CSINode,
  type V1CSINodeDriver,
  type V1CSIStorageCapacity,
  type V1Node,
} from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { zoneKey } from '../driver-definition/topology.ts'
import { isUnknownKind } from '../existing/served-kinds.ts'
import { statusMessage } from '../existing/status-message.ts'
import type { FoundDriver } from './csi-driver.ts'

/** What an object of the API says of a driver: whether it has something, and how that shows. */
export interface Stated {
  readonly isThere: boolean
  readonly seen: string
}

const storage = 'storage.k8s.io/v1'

/** What only the API says of the driver of a class. */
export interface StatedOfDriver {
  readonly zones: Stated
  readonly attributes: Stated & { readonly classes: readonly string[] }
  readonly capacity: Stated
  readonly csiDriver: FoundDriver
  /** Whether nodes have a CSI driver of that name. */
  readonly csi: Stated
  /** Whether nodes say how many volumes of the driver they take. */
  readonly limits: Stated
}

/**
 * Reads what the API says of a driver: whether it knows the zones of the nodes, its VolumeAttributesClasses, whether it tells its room, and
 * its CSIDriver.
 */
export async function statedOf(
  api: ClusterApi,
  { driver, storageClass, nodes }: { readonly driver: string; readonly storageClass: string; readonly nodes: readonly V1Node[] },
): Promise<StatedOfDriver> {
  const ofNodes = listOf<V1CSINode>(api, 'CSINode')
  const [zones, csi, limits, attributes, capacity, csiDriver] = await Promise.all([
    stated(async () => zonesOf(nodes, topologyKeysOf(await ofNodes, driver))),
    stated(async () => csiOf(await ofNodes, driver)),
    stated(async () => limitsOf(await ofNodes, driver)),
    stated(async () => attributesOf(await listOf<AttributesClass>(api, 'VolumeAttributesClass'), driver)),
    stated(async () => capacityOf(api, { driver, storageClass })),
    foundDriver(api, driver),
  ])
  return { zones, csi, limits, attributes: { classes: [], ...attributes }, capacity, csiDriver }
}

interface AttributesClass extends KubernetesObject {
  readonly driverName?: string
}

/** What cannot be read is not there, and why. */
async function stated<T extends Stated>(read: () => Promise<T>): Promise<T | Stated> {
  try {
    return await read()
  } catch (error) {
    if (isUnknownKind(error)) return { isThere: false, seen: 'the API server does not serve that kind' }
    if (!(error instanceof ApiException)) throw error
    return { isThere: false, seen: `it cannot be read: ${statusMessage(error)}` }
  }
}

async function listOf<T extends KubernetesObject>(api: ClusterApi, kind: string): Promise<readonly T[]> {
  return (await api.objects.list<T>(storage, kind)).items
}

/** Keys by which a driver tells its nodes apart. */
export function topologyKeysOf(all: readonly V1CSINode[], driver: string): readonly string[] {
  return [...new Set(onNodes(all, driver).flatMap((each) => each.topologyKeys ?? []))]
}

/** A driver as each node has it. A node without any driver has null for a list. */
function onNodes(all: readonly V1CSINode[], driver: string): readonly V1CSINodeDriver[] {
  const drivers = all.flatMap(({ spec }) => (spec.drivers as V1CSINodeDriver[] | null) ?? [])
  return drivers.filter(({ name }) => name === driver)
}

function csiOf(all: readonly V1CSINode[], driver: string): Stated {
  const { length } = onNodes(all, driver)
  return {
    isThere: length > 0,
    seen: length === 0 ? `no node has a CSI driver ${driver}` : `${length} nodes have the CSI driver ${driver}`,
  }
}

/** How many volumes of a driver a node takes, where a node says so. */
export function limitsOf(all: readonly V1CSINode[], driver: string): Stated {
  const limits = [...new Set(onNodes(all, driver).flatMap(({ allocatable }) => allocatable?.count ?? []))]
  return {
    isThere: limits.length > 0,
    seen: limits.length === 0 ? 'no CSINode names a limit of its volumes' : `nodes take up to ${limits.join(' or ')} of its volumes`,
  }
}

/** Zones count where the nodes are in several and the driver tells the nodes of its volumes by them. */
export function zonesOf(nodes: readonly V1Node[], keys: readonly string[]): Stated {
  const zones = [...new Set(nodes.flatMap(({ metadata }) => metadata?.labels?.[zoneKey] ?? []))]
  const where =
    zones.length === 0 ? 'no node has a zone' : `the nodes are in ${zones.length === 1 ? 'zone' : 'the zones'} ${zones.join(', ')}`
  const how = keys.length === 0 ? 'its driver has no topology' : `its driver goes by ${keys.join(', ')}`
  return { isThere: zones.length > 1 && keys.includes(zoneKey), seen: `${where}, and ${how}` }
}

/** VolumeAttributesClasses of a driver: a volume can be changed where there are two. */
function attributesOf(all: readonly AttributesClass[], driver: string): StatedOfDriver['attributes'] {
  const classes = all.filter(({ driverName }) => driverName === driver).map(({ metadata }) => metadata?.name ?? '')
  const seen =
    classes.length === 0 ? 'its driver has no VolumeAttributesClass' : `its driver has VolumeAttributesClasses ${classes.join(', ')}`
  return { isThere: classes.length > 1, seen, classes }
}

async function capacityOf(
  api: ClusterApi,
  { driver, storageClass }: { readonly driver: string; readonly storageClass: string },
): Promise<Stated> {
  const found = await driverObject(api, driver)
  if (found?.spec.storageCapacity !== true) return { isThere: false, seen: 'its CSIDriver does not say storageCapacity' }
  const all = await listOf<V1CSIStorageCapacity>(api, 'CSIStorageCapacity')
  const { length } = all.filter((each) => each.storageClassName === storageClass)
  return {
    isThere: length > 0,
    seen:
      length === 0
        ? `no CSIStorageCapacity is of StorageClass ${storageClass}`
        : `${length} CSIStorageCapacity objects are of StorageClass ${storageClass}`,
  }
}

async function driverObject(api: ClusterApi, name: string): Promise<V1CSIDriver | undefined> {
  return api.read<V1CSIDriver>({ apiVersion: storage, kind: 'CSIDriver', name })
}

async function foundDriver(api: ClusterApi, name: string): Promise<FoundDriver> {
  let found: V1CSIDriver | undefined
  const { isThere, seen } = await stated(async () => {
    found = await driverObject(api, name)
    return { isThere: true, seen: '' }
  })
  return { name, found, ...(!isThere && { unread: `the CSIDriver ${name} is not known: ${seen}` }) }
}
