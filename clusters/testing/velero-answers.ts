import type { V1Deployment, V1Pod } from '@kubernetes/client-node'
import type { SnapshotLocation, StorageLocation } from '../installed-velero/velero-objects.ts'
import { type Answer, type Asked, resourcesOf, statusOf } from './api-server.ts'
import { list } from './cluster-answers.ts'

/** An installed Velero as the API server of its cluster shows it. */
export interface AnsweredVelero {
  readonly deployments?: readonly V1Deployment[]
  readonly locations?: readonly StorageLocation[]
  readonly snapshotLocations?: readonly SnapshotLocation[]
  /** Pods of its namespaces. */
  readonly pods?: readonly V1Pod[]
  /** Version that the server says of itself; it does not answer when absent. */
  readonly version?: string
  /** Namespaces that this user may look into; all when absent. */
  readonly mayReadOnly?: readonly string[]
}

/** A Deployment that runs Velero's server. */
export function veleroServer(
  namespace: string,
  { args = ['server', '--features=EnableCSI'], image = 'docker.io/velero/velero:v1.18.3', available = 1 } = {},
): V1Deployment {
  const containers = [{ name: 'main', image, command: ['/velero'], args }]
  return {
    metadata: { name: 'keeper', namespace },
    spec: { selector: {}, template: { spec: { containers } } },
    status: { availableReplicas: available },
  }
}

/** A Pod of the node agent on a node. */
export function nodeAgent(namespace: string, nodeName: string, status: 'True' | 'False' = 'True'): V1Pod {
  const containers = [{ name: 'agent', command: ['/velero'], args: ['node-agent', 'server'] }]
  return {
    metadata: { name: `agent-${nodeName}`, namespace },
    spec: { nodeName, containers },
    status: { conditions: [{ type: 'Ready', status }] },
  }
}

/** A BackupStorageLocation that can be written to. */
export function storageLocation(
  namespace: string,
  name: string,
  { spec, status }: Pick<StorageLocation, 'spec' | 'status'> = {},
): StorageLocation {
  return { metadata: { name, namespace }, spec: spec ?? { default: true }, status: status ?? { phase: 'Available' } }
}

const namespaced = ['BackupStorageLocation', 'VolumeSnapshotLocation', 'ServerStatusRequest', 'Deployment']

/** Answers for what a Velero has in a cluster, and with `others` for all else. */
export function withVelero(velero: AnsweredVelero, others: (asked: Asked) => Answer): (asked: Asked) => Answer {
  const kinds = { BackupStorageLocation: 'backupstoragelocations', VolumeSnapshotLocation: 'volumesnapshotlocations' }
  return (asked) => {
    const { method, path, body } = asked
    if (path === '/apis/velero.io/v1')
      return resourcesOf('velero.io/v1', { ...kinds, ServerStatusRequest: 'serverstatusrequests' }, namespaced)
    if (path === '/apis/apps/v1') return resourcesOf('apps/v1', { Deployment: 'deployments' }, namespaced)
    const [, namespace, plural = path.slice(path.lastIndexOf('/') + 1)] = /\/namespaces\/([^/]+)\/([a-z]+)/.exec(path) ?? []
    const objects = objectsOf(velero, plural)
    const isOfVelero = objects !== undefined && (plural !== 'pods' || namespace?.startsWith('hf-') === false)
    if (isOfVelero && !mayRead(velero, namespace)) return statusOf(403, `${plural} is forbidden`)
    if (plural === 'serverstatusrequests') return serverAnswer(velero, { method, path, body })
    if (!isOfVelero || method !== 'GET') return others(asked)
    return list('List', namespace === undefined ? objects : objects.filter(({ metadata }) => metadata?.namespace === namespace))
  }
}

function mayRead({ mayReadOnly }: AnsweredVelero, namespace: string | undefined): boolean {
  return mayReadOnly === undefined || (namespace !== undefined && mayReadOnly.includes(namespace))
}

function objectsOf({ deployments, locations, snapshotLocations, pods }: AnsweredVelero, plural: string) {
  const byPlural: Readonly<Record<string, readonly (V1Pod | V1Deployment | StorageLocation)[] | undefined>> = {
    deployments: deployments ?? [],
    backupstoragelocations: locations ?? [],
    volumesnapshotlocations: snapshotLocations ?? [],
    pods: pods ?? [],
  }
  return byPlural[plural]
}

function serverAnswer({ version }: AnsweredVelero, { method, path, body }: Asked): Answer {
  if (method === 'POST') return { status: 201, body }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const status =
    version === undefined ? {} : { phase: 'Processed', serverVersion: version, plugins: [{ name: 'velero.io/csi-pvc-backupper' }] }
  return { body: { apiVersion: 'velero.io/v1', kind: 'ServerStatusRequest', metadata: { name }, status } }
}
