import type { KubernetesObject } from '@kubernetes/client-node'

/** An object of Kubernetes as a file holds it. */
export type Manifest = KubernetesObject & Readonly<Record<string, unknown>>

/** An object, and where it is written. */
export interface PlacedManifest {
  readonly manifest: Manifest
  /** Such as `deploy/driver.yaml, document 3`. */
  readonly place: string
}

/** An object in words, such as `Deployment kube-system/csi-controller`. */
export function titleOf({ kind = '', metadata }: KubernetesObject): string {
  const { name = '', namespace } = metadata ?? {}
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}

/** API group of an object; empty for the core group. */
export function groupOf({ apiVersion = '' }: KubernetesObject): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}

/** The value at a path of keys within something that was read from a file; undefined where there is none. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>)[key] : undefined),
    value,
  )
}

/** The same, where only a list counts. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The same, where only a text counts. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path)
  return typeof found === 'string' ? found : undefined
}
