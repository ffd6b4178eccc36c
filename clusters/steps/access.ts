import type { KubernetesObject, V1ClusterRole, V1ClusterRoleBinding, V1PolicyRule } from '@kubernetes/client-node'
import { systemNamespace } from '../../contract/system.ts'
import type { Component } from './component.ts'

/** A rule of a ClusterRole: these verbs, separated by spaces, on these resources of one API group. */
export function rule(apiGroup: string, resources: readonly string[], verbs: string): V1PolicyRule {
  return { apiGroups: [apiGroup], resources: [...resources], verbs: verbs.split(' ') }
}

/** Verbs of what only reads. */
export const read = 'get list watch'

/** Rules of what writes events. */
export const events = [rule('', ['events'], 'get list watch create update patch'), rule('events.k8s.io', ['events'], 'create update patch')]

function grant(account: string, rules: readonly V1PolicyRule[]): readonly KubernetesObject[] {
  const name = `holdfast-${account}`
  const role: V1ClusterRole = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules: [...rules] }
  const binding: V1ClusterRoleBinding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: systemNamespace }],
  }
  return [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace: systemNamespace } }, role, binding]
}

/** The namespace of the system Pods, the service accounts of components and what those may do. */
export function access(components: readonly Pick<Component, 'account' | 'rules'>[]): readonly KubernetesObject[] {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: systemNamespace } }
  return [namespace, ...components.flatMap(({ account, rules }) => grant(account, rules))]
}
