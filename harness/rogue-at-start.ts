import type { ClusterRecord } from '../contract/cluster-record.ts'
import { act } from './acts/act.ts'
import { isReadyPod } from './readings/pod.ts'
import { Inconclusive } from './errors.ts'
import { mustHaveVelero, veleroKinds } from './fixtures/observe-velero.ts'
import type { ObjectRef } from './history-entry.ts'
import type { History } from './history.ts'
import type { KubernetesApi } from './kubernetes/api.ts'
import { resourcePath } from './kubernetes/resources.ts'
import { limits } from './limits.ts'
import { schedule } from './objects/velero.ts'
import { settled } from './watch/settled.ts'

/** What a rogue needs to know to do its deed. */
interface Where {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  /** Namespace of the guarantee. */
  readonly namespace: string
  readonly signal: AbortSignal
}

/** What is done before a guarantee begins. It goes with all else that the guarantee made. */
interface Deed {
  subject(where: Where): ObjectRef
  harm(where: Where): Promise<unknown>
}

const secondServer = 'second-velero'

/** By name of the mutant. */
const deeds: Readonly<Record<string, Deed>> = {
  'second-velero': {
    subject: ({ namespace }) => ({ kind: 'Pod', name: secondServer, namespace }),
    async harm({ api, cluster, namespace, signal }) {
      const core = `/api/v1/namespaces/${namespace}`
      await mayDoAll({ kind: 'ServiceAccount', name: 'default', namespace }, { api, namespace, signal })
      await api.send({ method: 'POST', path: `${core}/pods`, body: serverOf(namespace, cluster), signal })
      await settled({
        ...{ api, kind: 'Pod', path: `${core}/pods`, fieldSelector: `metadata.name=${secondServer}` },
        holds: (pods) => pods.some(isReadyPod),
        signal: AbortSignal.any([signal, AbortSignal.timeout(limits.podReady * 1000)]),
      })
    },
  },
  'schedule-unasked': {
    subject: ({ namespace, cluster }) => ({
      kind: 'Schedule',
      name: `${namespace}-unasked`,
      namespace: mustHaveVelero(cluster.velero).namespace,
    }),
    async harm({ api, cluster, namespace, signal }) {
      const velero = mustHaveVelero(cluster.velero)
      const name = `${namespace}-unasked`
      const path = resourcePath(veleroKinds.Schedule, { namespace: velero.namespace })
      await api.send({ method: 'POST', path, body: schedule(name, { cluster, namespace, schedule: '@every 1s' }), signal })
    },
  },
  'accounts-made-admins': {
    subject: ({ namespace }) => ({ kind: 'RoleBinding', name: 'all-may-do-all', namespace }),
    harm: async ({ api, namespace, signal }) =>
      mayDoAll({ kind: 'Group', name: `system:serviceaccounts:${namespace}` }, { api, namespace, signal }),
  },
}

/** Under a mutant that acts before a guarantee begins, does so. */
export async function plantRogue(options: Where & { readonly mutant: string | undefined; readonly history: History }): Promise<void> {
  const { mutant = '', history, ...where } = options
  const deed = deeds[mutant]
  if (deed === undefined) return
  await act({
    ...{ history, verb: 'sabotage', subject: deed.subject(where), request: { mutant } },
    send: async () => deed.harm(where),
    answer: () => ({ code: 200, reason: 'OK', message: 'done' }),
  })
}

/** Gives an account, or a group of accounts, every right in the namespace of the guarantee. */
async function mayDoAll(subject: ObjectRef, { api, namespace, signal }: Omit<Where, 'cluster'>): Promise<void> {
  const apiGroup = 'rbac.authorization.k8s.io'
  const body = {
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'all-may-do-all' },
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ ...(subject.kind === 'Group' && { apiGroup }), ...subject }],
  }
  await api.send({ method: 'POST', path: `/apis/${apiGroup}/v1/namespaces/${namespace}/rolebindings`, body, signal })
}

/** A Velero server whose namespace is that of the guarantee. */
function serverOf(namespace: string, { images }: Pick<ClusterRecord, 'images'>) {
  const image = images.find(({ name }) => name === 'velero')?.reference
  if (image === undefined) throw new Inconclusive().tell({ reason: { summary: 'The cluster has no image of Velero.' } })
  const mounts = { scratch: '/scratch', plugins: '/plugins' }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: secondServer },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'velero',
          image,
          command: ['/velero', 'server'],
          env: [
            { name: 'VELERO_NAMESPACE', value: namespace },
            { name: 'VELERO_SCRATCH_DIR', value: mounts.scratch },
          ],
          volumeMounts: Object.entries(mounts).map(([name, mountPath]) => ({ name, mountPath })),
        },
      ],
      volumes: Object.keys(mounts).map((name) => ({ name, emptyDir: {} })),
    },
  }
}
