import type { KubernetesObject } from '@kubernetes/client-node'
import { className } from '../profiles/default-profile.ts'
import type { MutantName } from './catalogue.ts'

/** Annotation that a policy leaves on what it changed: the proof that a mutant took effect. */
export const mutatedBy = 'holdfast.dev/mutated-by'

/** Label of the namespaces in which a mutant acts. */
export const mutantLabel = 'holdfast.dev/mutant'

interface Rule {
  readonly apiGroup: string
  readonly resource: string
  readonly operations: readonly ('CREATE' | 'UPDATE')[]
  /** CEL: only objects for which this is true are changed. */
  readonly when?: string
  /** CEL expression that yields the JSON patch operations, after the annotation. */
  readonly patch: string
}

const replaceOrAdd = (path: string, value: string): string => `JSONPatch{op: "add", path: "${path}", value: ${value}}`

/** What each mutant by admission policy changes. */
const rules: Readonly<Partial<Record<MutantName, Rule>>> = {
  'parallel-pod-management': {
    apiGroup: 'apps',
    resource: 'statefulsets',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/podManagementPolicy', '"Parallel"'),
  },
  'pvcs-deleted-with-statefulset': {
    apiGroup: 'apps',
    resource: 'statefulsets',
    operations: ['CREATE', 'UPDATE'],
    patch: replaceOrAdd(
      '/spec/persistentVolumeClaimRetentionPolicy',
      'Object.spec.persistentVolumeClaimRetentionPolicy{whenScaled: "Delete", whenDeleted: "Delete"}',
    ),
  },
  'volume-not-mounted': {
    apiGroup: '',
    resource: 'pods',
    operations: ['CREATE'],
    patch: 'JSONPatch{op: "remove", path: "/spec/containers/0/volumeMounts"}',
  },
  'shrink-swallowed': {
    apiGroup: '',
    resource: 'persistentvolumeclaims',
    operations: ['UPDATE'],
    when: 'quantity(object.spec.resources.requests.storage).compareTo(quantity(oldObject.spec.resources.requests.storage)) < 0',
    patch: 'JSONPatch{op: "add", path: "/spec/resources/requests/storage", value: oldObject.spec.resources.requests.storage}',
  },
  'single-pod-widened': {
    apiGroup: '',
    resource: 'persistentvolumeclaims',
    operations: ['CREATE'],
    when: 'object.spec.accessModes.exists(mode, mode == "ReadWriteOncePod")',
    patch: replaceOrAdd('/spec/accessModes', '["ReadWriteOnce"]'),
  },
  'read-only-dropped': {
    apiGroup: '',
    resource: 'pods',
    operations: ['CREATE'],
    when: 'object.spec.volumes.exists(volume, has(volume.persistentVolumeClaim) && has(volume.persistentVolumeClaim.readOnly))',
    patch: replaceOrAdd('/spec/volumes/0/persistentVolumeClaim/readOnly', 'false'),
  },
  'claims-orphaned': {
    apiGroup: '',
    resource: 'persistentvolumeclaims',
    operations: ['CREATE'],
    when: 'has(object.metadata.ownerReferences)',
    patch: 'JSONPatch{op: "remove", path: "/metadata/ownerReferences"}',
  },
  'binding-mode-ignored': {
    apiGroup: '',
    resource: 'persistentvolumeclaims',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/storageClassName', `"${className}"`),
  },
}

function annotation(mutant: string): string {
  return [
    'has(object.metadata.annotations) ? [] : [JSONPatch{op: "add", path: "/metadata/annotations", value: Object.metadata.annotations{}}]',
    `[JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("${mutatedBy}"), value: "${mutant}"}]`,
  ]
    .map((part) => `(${part})`)
    .join(' + ')
}

/** The MutatingAdmissionPolicy of a mutant and its binding; nothing for a mutant that acts by other means. */
export function admissionPolicies(mutant: MutantName): readonly KubernetesObject[] {
  const rule = rules[mutant]
  if (rule === undefined) return []
  const name = `holdfast-${mutant}`
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const policy: KubernetesObject & Record<string, unknown> = {
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata: { name },
    spec: {
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { [mutantLabel]: mutant } },
        resourceRules: [
          {
            apiGroups: [rule.apiGroup],
            apiVersions: ['*'],
            operations: [...rule.operations],
            resources: [rule.resource],
            scope: 'Namespaced',
          },
        ],
      },
      ...(rule.when === undefined ? {} : { matchConditions: [{ name: 'only-what-it-breaks', expression: rule.when }] }),
      mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: `${annotation(mutant)} + [${rule.patch}]` } }],
    },
  }
  const binding: KubernetesObject & Record<string, unknown> = {
    apiVersion,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name },
  }
  return [policy, binding]
}
