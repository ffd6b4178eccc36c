import type { KubernetesObject } from '@kubernetes/client-node'
import { mutatedByAnnotation } from '../../contract/annotations.ts'
import { mutantLabel } from '../../contract/labels.ts'
import { type Mutant, type MutantName, mutants } from './catalogue.ts'

/** Objects of this group are all in the namespace of Velero. */
const veleroGroup = 'velero.io'

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
  const entry: Mutant = mutants[mutant]
  if (entry.by !== 'policy') return []
  return policyAndBinding(`holdfast-${mutant}`, {
    reinvocationPolicy: 'Never',
    failurePolicy: 'Fail',
    matchConstraints: {
      [entry.apiGroup === veleroGroup || entry.scope === 'Cluster' ? 'objectSelector' : 'namespaceSelector']: {
        matchLabels: { [mutantLabel]: mutant },
      },
      resourceRules: [
        {
          apiGroups: [entry.apiGroup],
          apiVersions: ['*'],
          operations: [...entry.operations],
          resources: [entry.resource],
          scope: entry.scope ?? 'Namespaced',
        },
      ],
    },
    ...(entry.when === undefined ? {} : { matchConditions: [{ name: 'only-what-it-breaks', expression: entry.when }] }),
    mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: `${annotation(mutant)} + [${entry.patch}]` } }],
  })
}

/** A MutatingAdmissionPolicy of that name and spec, and the binding that puts it in force. */
export function policyAndBinding(name: string, spec: object): readonly KubernetesObject[] {
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const policy: KubernetesObject & Record<string, unknown> = { apiVersion, kind: 'MutatingAdmissionPolicy', metadata: { name }, spec }
  const binding: KubernetesObject & Record<string, unknown> = {
    apiVersion,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name },
  }
  return [policy, binding]
}
