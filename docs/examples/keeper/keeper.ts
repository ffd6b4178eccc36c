import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountWith, configMap, type Fixtures } from 'holdfast/harness'

const programName = 'keeper.mjs'
const program = readFileSync(join(import.meta.dirname, 'controller', programName), 'utf8')
const labels = { 'app.kubernetes.io/name': 'keeper' }

/** Label selector of all that Keeper makes for a store. */
export function selectorOfStore(name: string): string {
  return `keeper.example.com/store=${name}`
}

/** Installs Keeper in the namespace of a guarantee, as its manual says. */
export async function installKeeper({ namespace, cluster }: Pick<Fixtures, 'namespace' | 'cluster'>): Promise<void> {
  const account = accountWith(
    'keeper',
    { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'patch'] },
    { apiGroups: ['apps'], resources: ['statefulsets'], verbs: ['get', 'create', 'patch'] },
  )
  for (const object of [...account, configMap('keeper-program', { data: { [programName]: program } }), controller(cluster.workloadImage)])
    await namespace.apply(object)
}

/** A store of Keeper: a ConfigMap that says how many Pods it has, and how large the volume of each is. */
export function store(
  name: string,
  { replicas, size, cluster }: { readonly replicas: number; readonly size: string; readonly cluster: Fixtures['cluster'] },
) {
  const data = { replicas: String(replicas), size, storageClass: cluster.storageClass }
  return configMap(name, { labels: { 'keeper.example.com/store': name }, data })
}

/** Any image with Node.js runs the controller. The Pods of its stores run the image of the suites, which can fill and read their volumes. */
function controller(image: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'keeper', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'keeper',
          terminationGracePeriodSeconds: 5,
          containers: [
            {
              name: 'keeper',
              image,
              imagePullPolicy: 'IfNotPresent',
              command: ['node', `/keeper/${programName}`],
              env: [
                { name: 'NODE_EXTRA_CA_CERTS', value: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
                { name: 'STORE_IMAGE', value: image },
              ],
              volumeMounts: [{ name: 'program', mountPath: '/keeper' }],
            },
          ],
          volumes: [{ name: 'program', configMap: { name: 'keeper-program' } }],
        },
      },
    },
  }
}
