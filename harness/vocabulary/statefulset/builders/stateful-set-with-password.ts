import { statefulSet, type StatefulSetOptions } from './stateful-set.ts'

/** Builds a StatefulSet of ours whose Pods have a password in their environment, from the key `password` of a Secret. */
export function statefulSetWithPassword(name: string, { secret, ...options }: StatefulSetOptions & { readonly secret: string }) {
  const env = [{ name: 'ROOT_PASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'password' } } }]
  return statefulSet(name, { ...options, env })
}
