import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { Inconclusive } from '../engine/judge/errors.ts'
import type { FaultSite } from '../engine/fixtures/injectable-fault.ts'
import { mustHaveVelero } from '../vocabulary/velero/must-have-velero.ts'
import type { ObjectRef } from '../engine/history/history-entry.ts'
import { resourcePath } from '../engine/kubernetes/resources.ts'
import { limits } from '../engine/limits.ts'
import { preparedFor } from '../vocabulary/pod/builders/prepared.ts'
import { schedule } from '../vocabulary/velero/schedule/schedule.ts'
import { veleroKinds } from '../vocabulary/velero/velero-kinds.ts'
import { isReadyPod } from '../vocabulary/pod/readings.ts'
import { settled } from '../engine/watch/settled.ts'
import type { SetupFault } from './fault.ts'

const secondServer = 'second-velero'

/** What is there before the body of a guarantee begins. It goes with all else that the guarantee made. */
export const setupFaults = {
  'second-velero': ({ api, cluster, namespace, signal }) => ({
    subject: { kind: 'Pod', name: secondServer, namespace },
    async inject() {
      const core = `/api/v1/namespaces/${namespace}`
      await mayDoAll({ kind: 'ServiceAccount', name: 'default', namespace }, { api, namespace, signal })
      const { manifest } = preparedFor({ level: 'restricted', settings: cluster.workload ?? {} })
      await api.send({ method: 'POST', path: `${core}/pods`, body: manifest(serverOf(namespace, cluster)), signal })
      await settled({
        ...{ api, kind: 'Pod', path: `${core}/pods`, fieldSelector: `metadata.name=${secondServer}` },
        holds: (pods) => pods.some(isReadyPod),
        signal: AbortSignal.any([signal, AbortSignal.timeout(limits.podReady * 1000)]),
      })
    },
  }),
  'schedule-unasked': ({ api, cluster, namespace, signal }) => {
    const velero = mustHaveVelero(cluster.velero)
    const name = `${namespace}-unasked`
    const path = resourcePath(veleroKinds.Schedule, { namespace: velero.namespace })
    return {
      subject: { kind: 'Schedule', name, namespace: velero.namespace },
      inject: async () => api.send({ method: 'POST', path, body: schedule(name, { cluster, namespace, schedule: '@every 1s' }), signal }),
    }
  },
  'accounts-made-admins': ({ api, namespace, signal }) => ({
    subject: { kind: 'RoleBinding', name: 'all-may-do-all', namespace },
    inject: async () => mayDoAll({ kind: 'Group', name: `system:serviceaccounts:${namespace}` }, { api, namespace, signal }),
  }),
} as const satisfies Readonly<Record<InjectedName<'setup'>, SetupFault>>

/** Gives an account, or a group of accounts, every right in the namespace of the guarantee. */
async function mayDoAll(subject: ObjectRef, { api, namespace, signal }: Pick<FaultSite, 'api' | 'namespace' | 'signal'>): Promise<void> {
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
  if (image === undefined) throw new Inconclusive().withDetails({ reason: { summary: 'The cluster has no image of Velero.' } })
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
