import { ApiException, AuthorizationV1Api, type V1ResourceAttributes } from '@kubernetes/client-node'
import type { MadeKind } from '../driver-definition/made-classes.ts'
import { SetupError } from '../setup-error.ts'
import type { OpenCluster } from './open-cluster.ts'
import { within } from './within.ts'

interface Right {
  readonly group?: string
  readonly resource: string
  readonly subresource?: string
  readonly verbs: readonly string[]
}

const changes = ['create', 'delete', 'get', 'list', 'patch', 'watch'] as const
const looks = ['get', 'list', 'watch'] as const

/** What suites do in the namespaces that they make, and what they watch beside those. */
const needed: readonly Right[] = [
  { resource: 'namespaces', verbs: ['create', 'delete', 'get', 'list', 'watch'] },
  { resource: 'pods', verbs: changes },
  { resource: 'pods', subresource: 'exec', verbs: ['create'] },
  { resource: 'pods', subresource: 'log', verbs: ['get'] },
  { resource: 'persistentvolumeclaims', verbs: changes },
  { resource: 'services', verbs: changes },
  { resource: 'configmaps', verbs: changes },
  { resource: 'serviceaccounts', verbs: looks },
  { resource: 'events', verbs: ['list'] },
  { group: 'apps', resource: 'statefulsets', verbs: changes },
  { group: 'apps', resource: 'statefulsets', subresource: 'scale', verbs: ['patch'] },
  { resource: 'persistentvolumes', verbs: looks },
  { resource: 'nodes', verbs: looks },
  { group: 'storage.k8s.io', resource: 'storageclasses', verbs: looks },
  { group: 'storage.k8s.io', resource: 'volumeattachments', verbs: looks },
]

const neededForSnapshots: readonly Right[] = [
  { group: 'snapshot.storage.k8s.io', resource: 'volumesnapshots', verbs: changes },
  { group: 'snapshot.storage.k8s.io', resource: 'volumesnapshotcontents', verbs: looks },
  { group: 'snapshot.storage.k8s.io', resource: 'volumesnapshotclasses', verbs: looks },
]

/** Kinds of classes that are made for a run, with the resources that stand for them. */
const madeKinds: Readonly<Record<MadeKind, Omit<Right, 'verbs'>>> = {
  StorageClass: { group: 'storage.k8s.io', resource: 'storageclasses' },
  VolumeSnapshotClass: { group: 'snapshot.storage.k8s.io', resource: 'volumesnapshotclasses' },
  VolumeGroupSnapshotClass: { group: 'groupsnapshot.storage.k8s.io', resource: 'volumegroupsnapshotclasses' },
}

/** What a run is for, as far as its rights depend on it. */
export interface RightsWanted {
  readonly snapshots: boolean
  /** Kinds of classes that are made for it. */
  readonly makes: readonly MadeKind[]
}

const answersWithin = 30

/** Asks the API server for every right that suites need. Throws a `SetupError` that names those which are missing. */
export async function requireRights({ api, context, server }: OpenCluster, options: RightsWanted): Promise<void> {
  const client = api.config.makeApiClient(AuthorizationV1Api)
  const isAllowed = async (resourceAttributes: V1ResourceAttributes): Promise<boolean> => {
    const { status } = await client.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes } } })
    return status?.allowed === true
  }
  const missing = async ({ group = '', resource, subresource, verbs }: Right) => {
    const answers = await Promise.all(
      verbs.map(async (verb) => ({ verb, allowed: await isAllowed({ group, resource, verb, ...(subresource && { subresource }) }) })),
    )
    const refused = answers.flatMap(({ verb, allowed }) => (allowed ? [] : [verb]))
    return refused.length === 0 ? [] : [`${refused.join(', ')} ${resource}${subresource === undefined ? '' : `/${subresource}`}`]
  }
  const making = options.makes.map((kind): Right => ({ ...madeKinds[kind], verbs: ['create', 'delete', 'get'] }))
  const wanted = [...needed, ...(options.snapshots ? neededForSnapshots : []), ...making]
  const asked = Promise.all(wanted.map(missing)).catch((error: unknown) => {
    // Whoever is authenticated may ask; so nobody was.
    if (!(error instanceof ApiException) || error.code !== 403) throw error
    throw new SetupError(`The API server at ${server} treats context ${context} as anonymous: its user has no credentials.`, {
      fix: 'Log in, or use another context.',
    })
  })
  const lacking = await within(asked, {
    seconds: answersWithin,
    otherwise: new SetupError(`The API server at ${server} did not report the rights of context ${context} within ${answersWithin} s.`, {
      fix: 'Check that its authorizer answers.',
    }),
  })
  if (lacking.flat().length === 0) return
  throw new SetupError(`The user of context ${context} lacks rights that the suites need: ${lacking.flat().join('; ')}.`, {
    fix: 'Bind a ClusterRole that grants them to that user, or use another context.',
  })
}
