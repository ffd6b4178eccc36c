import { setTimeout as pause } from 'node:timers/promises'
import type { AdminApi, Manifest } from './api.ts'
import type { Case } from './case.ts'
import { home } from './cluster-objects.ts'
import { holdfastOutput } from './holdfast.ts'
import { rolesIn, withoutRight } from './roles.ts'
import { templateController } from './template-controller.ts'

const account = 'guest'
const defaultClass = 'storageclass.kubernetes.io/is-default-class'
const readyWithin = 60

/** The namespace of what a foreign cluster has of its own, with a ServiceAccount that has no rights. */
export const homeObjects: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: home } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace: home } },
]

/** Makes the cluster as a case has it. Disposing of the result makes it as it was. */
export async function arranged(one: Case, { api }: { readonly api: AdminApi }): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const has = async (manifest: Manifest) => {
    stack.defer(async () => api.remove(manifest))
    await api.apply(manifest)
    if (manifest.kind === 'DaemonSet') await daemonReady(manifest, api)
  }
  for (const manifest of one.has ?? []) await has(manifest)
  for (const role of await rolesOf(one)) if (role.kind !== 'ServiceAccount') await has(role)
  if (one.lacksDefaultClass) stack.use(await withoutDefaultClass(api))
  if (one.givesNamespaces !== undefined) stack.use(await templateController(api, one.givesNamespaces))
  // The API server compiles admission policies a moment after it has stored them.
  if (one.has?.some(({ kind }) => kind.endsWith('PolicyBinding'))) await pause(policyTakesEffect * 1000)
  return stack.move()
}

/** Seconds within which an admission policy is in force for all practical purposes. */
const policyTakesEffect = 5

/** What the user of the kubeconfig has to show in place of the administrator's certificate; undefined for the administrator. */
export async function userOf({ guest }: Case, { api }: { readonly api: AdminApi }): Promise<{ readonly token?: string } | undefined> {
  if (guest === undefined) return undefined
  if (guest.rights === undefined) return guest.token === undefined ? {} : { token: guest.token }
  const content = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 7200 } }
  const path = `/api/v1/namespaces/${home}/serviceaccounts/${account}/token`
  const { status } = (await api.send('POST', path, { type: 'application/json', content })) as { status: { token: string } }
  return { token: status.token }
}

async function rolesOf({ guest, run }: Case): Promise<readonly Manifest[]> {
  if (guest?.rights !== 'printed') return []
  const roles = rolesIn(await holdfastOutput(['rbac', ...run, '--service-account', `${home}/${account}`]))
  return guest.without === undefined ? roles : withoutRight(roles, guest.without)
}

const classes = '/apis/storage.k8s.io/v1/storageclasses'

async function setDefault(api: AdminApi, name: string, value: 'true' | null): Promise<void> {
  const content = { metadata: { annotations: { [defaultClass]: value } } }
  await api.send('PATCH', `${classes}/${name}`, { type: 'application/merge-patch+json', content })
}

/** Makes a StorageClass the default, as a foreign cluster has one. Disposing of the result takes the mark away. */
export async function withDefaultClass(api: AdminApi, name: string): Promise<AsyncDisposable> {
  await setDefault(api, name, 'true')
  return { [Symbol.asyncDispose]: async () => setDefault(api, name, null) }
}

async function withoutDefaultClass(api: AdminApi): Promise<AsyncDisposable> {
  const names = (await api.list(classes)).filter(({ annotations }) => annotations?.[defaultClass] === 'true').map(({ name }) => name)
  for (const name of names) await setDefault(api, name, null)
  return {
    [Symbol.asyncDispose]: async () => {
      for (const name of names) await setDefault(api, name, 'true')
    },
  }
}

interface DaemonStatus {
  readonly status?: { readonly desiredNumberScheduled?: number; readonly numberReady?: number }
}

async function daemonReady({ metadata: { name, namespace = home } }: Manifest, api: AdminApi): Promise<void> {
  const deadline = performance.now() + readyWithin * 1000
  while (performance.now() < deadline) {
    const path = `/apis/apps/v1/namespaces/${namespace}/daemonsets/${name}/status`
    const { status: { desiredNumberScheduled: wanted = 0, numberReady: ready = 0 } = {} } = (await api.send('GET', path)) as DaemonStatus
    if (wanted > 0 && ready === wanted) return
    await pause(500)
  }
  throw new Error(`DaemonSet ${name} was not ready within ${readyWithin} s.`)
}
