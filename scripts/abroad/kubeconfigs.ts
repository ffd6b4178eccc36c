import { parse, stringify } from 'yaml'

/** A kubeconfig with one cluster, user and context, as far as it is changed here. */
interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: Readonly<Record<string, unknown>> & { readonly server: string } }[]
}

/** Address of the API server in a kubeconfig. */
export function serverOf(text: string): string {
  const [first] = (parse(text) as Kubeconfig).clusters
  if (first === undefined) throw new Error('The kubeconfig has no cluster.')
  return first.cluster.server
}

/**
 * A kubeconfig for somebody who did not make the cluster: other names for everything, another way to the API server, and another user where
 * one is given, with a token or with no credentials at all.
 */
export function foreignKubeconfig(
  text: string,
  given: { readonly server: string; readonly proxy?: string; readonly user?: { readonly token?: string } },
): string {
  const { clusters, users } = parse(text) as Kubeconfig & { readonly users: readonly { readonly user: object }[] }
  const { server, proxy, user = users[0]?.user } = given
  return stringify({
    ...{ apiVersion: 'v1', kind: 'Config' },
    clusters: [{ name: 'abroad', cluster: { ...clusters[0]?.cluster, server, ...(proxy !== undefined && { 'proxy-url': proxy }) } }],
    users: [{ name: 'guest', user }],
    contexts: [{ name: 'guest@abroad', context: { cluster: 'abroad', user: 'guest' } }],
    'current-context': 'guest@abroad',
  })
}
