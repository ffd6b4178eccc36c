// Keeper, a controller of a hundred lines. Each ConfigMap with the label keeper.example.com/store is a store: it gets a StatefulSet of its
// name, whose Pods have a volume each. Keeper looks once a second at what there is, makes it what it is to be, and writes into the
// annotation keeper.example.com/ready how many Pods of the store are Ready.
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

const { KEEPER_ACCOUNT: account = '/var/run/secrets/kubernetes.io/serviceaccount', STORE_IMAGE: image = '' } = process.env
const { KEEPER_SERVER: server = 'https://kubernetes.default.svc' } = process.env
const namespace = readFileSync(`${account}/namespace`, 'utf8')
const configMaps = `/api/v1/namespaces/${namespace}/configmaps`
const statefulSets = `/apis/apps/v1/namespaces/${namespace}/statefulsets`
const label = 'keeper.example.com/store'
const annotation = 'keeper.example.com/ready'

/** @typedef {{ metadata: { name: string, uid: string, annotations?: Record<string, string> }, data?: Record<string, string> }} Store */

/**
 * Sends a request to the API server. Returns what it answers, or undefined where there is no such object.
 *
 * @param {string} path
 * @param {{ method?: string, type?: string, body?: unknown }} [options]
 * @returns {Promise<{ items?: Store[], status?: { readyReplicas?: number } } | undefined>}
 */
async function request(path, { method = 'GET', type = 'application/json', body } = {}) {
  const response = await fetch(`${server}${path}`, {
    method,
    // The kubelet renews the token.
    headers: { authorization: `Bearer ${readFileSync(`${account}/token`, 'utf8')}`, 'content-type': type },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  })
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return /** @type {{ items?: Store[] }} */ (await response.json())
}

/**
 * The StatefulSet of a store. It belongs to the store, so Kubernetes deletes it with the store; the claims of its Pods belong to nobody.
 *
 * @param {Store} store
 */
function setOf({ metadata: { name, uid }, data = {} }) {
  const labels = { [label]: name }
  const leastRights = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels, ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid, controller: true }] },
    spec: {
      replicas: Number(data['replicas'] ?? 1),
      serviceName: name,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 5,
          securityContext: {
            ...{ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 2000, fsGroupChangePolicy: 'OnRootMismatch' },
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              ...{ name: 'store', image, imagePullPolicy: 'IfNotPresent', securityContext: leastRights },
              command: ['bash', '-c', 'trap "exit 0" TERM; sleep infinity & wait $!'],
              resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '1', memory: '512Mi' } },
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: data['storageClass'],
            resources: { requests: { storage: data['size'] ?? '1Gi' } },
          },
        },
      ],
    },
  }
}

/**
 * Makes the StatefulSet of a store what it is to be, and tells in the store how many of its Pods are Ready.
 *
 * @param {Store} store
 */
async function reconcile(store) {
  const { name, annotations = {} } = store.metadata
  const path = `${statefulSets}/${name}?fieldManager=keeper&force=true`
  const set = await request(path, { method: 'PATCH', type: 'application/apply-patch+yaml', body: setOf(store) })
  const ready = String(set?.status?.readyReplicas ?? 0)
  if (annotations[annotation] === ready) return
  const body = { metadata: { annotations: { [annotation]: ready } } }
  await request(`${configMaps}/${name}`, { method: 'PATCH', type: 'application/merge-patch+json', body })
}

process.on('SIGTERM', () => process.exit(0))
for (;;) {
  try {
    const stores = await request(`${configMaps}?labelSelector=${encodeURIComponent(label)}`)
    for (const store of stores?.items ?? []) await reconcile(store)
  } catch (error) {
    process.stderr.write(`${String(error)}\n`)
  }
  await setTimeout(1000)
}
