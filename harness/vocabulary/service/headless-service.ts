import type { V1Service } from '@kubernetes/client-node'

/** What a headless Service of ours gives names to. */
export interface HeadlessServiceOptions {
  readonly port: number
  /** Whether Pods have their names before they are Ready. */
  readonly unready?: boolean
}

/** Builds the headless Service under which the Pods of a StatefulSet of the same name find each other as `<pod>.<name>`. */
export function headlessService(name: string, { port, unready = false }: HeadlessServiceOptions) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: unready,
      selector: { 'app.kubernetes.io/name': name },
      ports: [{ name: 'main', port }],
    },
  } satisfies V1Service
}

/** Builds a Service with an address of its own for the Pods of a workload of the same name. */
export function service(name: string, { port }: Pick<HeadlessServiceOptions, 'port'>) {
  const { clusterIP: _, ...spec } = headlessService(name, { port }).spec
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec } satisfies V1Service
}
