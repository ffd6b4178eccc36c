import type { ClusterRecord, VeleroRecord } from '../clusters/record.ts'
import { act } from './acts/act.ts'
import { isReadyPod } from './checks/reading.ts'
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
  subject(where: Place): ObjectRef
  harm(where: Place): Promise<unknown>
}

interface Place extends Where {
  readonly velero: VeleroRecord
}

const secondServer = 'second-velero'

/** By name of the mutant. */
const deeds: Readonly<Record<string, Deed>> = {
  'second-velero': {
    subject: ({ namespace }) => ({ kind: 'Pod', name: secondServer, namespace }),
    async harm({ api, cluster, namespace, signal }) {
      const core = `/api/v1/namespaces/${namespace}`
      const bindings = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`
      await api.send({ method: 'POST', path: bindings, body: mayDoAllIn(namespace), signal })
      await api.send({ method: 'POST', path: `${core}/pods`, body: serverOf(namespace, cluster), signal })
      await settled({
        ...{ api, kind: 'Pod', path: `${core}/pods`, fieldSelector: `metadata.name=${secondServer}` },
        holds: (pods) => pods.some(isReadyPod),
        signal: AbortSignal.any([signal, AbortSignal.timeout(limits.podReady * 1000)]),
      })
    },
  },
  'schedule-unasked': {
    subject: ({ namespace, velero }) => ({ kind: 'Schedule', name: `${namespace}-unasked`, namespace: velero.namespace }),
    async harm({ api, cluster, velero, namespace, signal }) {
      const name = `${namespace}-unasked`
      const path = resourcePath(veleroKinds.Schedule, { namespace: velero.namespace })
      await api.send({ method: 'POST', path, body: schedule(name, { cluster, namespace, schedule: '@every 1s' }), signal })
    },
  },
}

/** Under a mutant that acts beside Velero before a guarantee begins, does so. */
export async function plantRogue(options: Where & { readonly mutant: string | undefined; readonly history: History }): Promise<void> {
  const { mutant = '', history, ...where } = options
  const deed = deeds[mutant]
  if (deed === undefined) return
  const place = { ...where, velero: mustHaveVelero(where.cluster.velero) }
  await act({
    ...{ history, verb: 'sabotage', subject: deed.subject(place), request: { mutant } },
    send: async () => deed.harm(place),
    answer: () => ({ code: 200, reason: 'OK', message: 'done' }),
  })
}

function mayDoAllIn(namespace: string) {
  const apiGroup = 'rbac.authorization.k8s.io'
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: secondServer },
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
  }
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
