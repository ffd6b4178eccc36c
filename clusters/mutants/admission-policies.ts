import type { KubernetesObject } from '@kubernetes/client-node'
import { mutatedByAnnotation } from '../../contract/annotations.ts'
import { mutantLabel } from '../../contract/labels.ts'
import { className } from '../profiles/default-profile.ts'
import { applicationRules } from './application-rules.ts'
import { backupRules } from './backup-rules.ts'
import { claimRules } from './claim-rules.ts'
import type { MutantName } from './catalogue.ts'
import { placementRules, tolerateEveryTaint } from './placement-rules.ts'
import { remove, replaceOrAdd, type Rule } from './rule.ts'
import { snapshotRules } from './snapshot-rules.ts'
import { storageRules } from './storage-rules.ts'
import { statefulSetRules } from './stateful-set-rules.ts'
import { veleroRules } from './velero-rules.ts'

/** Objects of this group are all in the namespace of Velero. */
const veleroGroup = 'velero.io'

/** What each mutant by admission policy changes. */
const rules: Readonly<Partial<Record<MutantName, Rule>>> = {
  ...applicationRules,
  ...backupRules,
  ...veleroRules,
  ...claimRules,
  ...placementRules,
  ...snapshotRules,
  ...statefulSetRules,
  ...storageRules,
  'parallel-pod-management': {
    apiGroup: 'apps',
    resource: 'statefulsets',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/podManagementPolicy', '"Parallel"'),
  },
  'ordered-pod-management': {
    apiGroup: 'apps',
    resource: 'statefulsets',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/podManagementPolicy', '"OrderedReady"'),
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
    when: 'has(object.spec.containers[0].volumeMounts)',
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
  'node-agent-missing': {
    apiGroup: '',
    resource: 'pods',
    operations: ['CREATE'],
    patch: [replaceOrAdd('/spec/nodeSelector', '{"node-role.kubernetes.io/control-plane": ""}'), tolerateEveryTaint].join(', '),
  },
  'backup-annotation-dropped': {
    apiGroup: '',
    resource: 'pods',
    operations: ['CREATE'],
    when: 'has(object.metadata.annotations) && "backup.velero.io/backup-volumes" in object.metadata.annotations',
    patch: remove('/metadata/annotations/backup.velero.io~1backup-volumes'),
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
    `[JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("${mutatedByAnnotation}"), value: "${mutant}"}]`,
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
        [rule.apiGroup === veleroGroup || rule.scope === 'Cluster' ? 'objectSelector' : 'namespaceSelector']: {
          matchLabels: { [mutantLabel]: mutant },
        },
        resourceRules: [
          {
            apiGroups: [rule.apiGroup],
            apiVersions: ['*'],
            operations: [...rule.operations],
            resources: [rule.resource],
            scope: rule.scope ?? 'Namespaced',
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
