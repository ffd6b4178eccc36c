import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { KubernetesObject } from '@kubernetes/client-node'
import { mutatedByAnnotation } from '../../contract/annotations.ts'
import { mutantLabel } from '../../contract/labels.ts'
import { policyAndBinding } from './admission-policies.ts'
import type { ClusterApi, ObjectReference } from '../api.ts'
import { SetupError } from '../setup-error.ts'
import { untilAnswered } from '../until-answered.ts'

const name = 'holdfast-in-force'
const label = 'in-force'
const apiVersion = 'admissionregistration.k8s.io/v1'

/** The policy that shows that all before it are in force. It is to be removed with them. */
export const inForceReferences: readonly ObjectReference[] = ['MutatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy'].map((kind) => ({
  apiVersion,
  kind,
  name,
}))

/** Seconds until the API server heeds a policy: it looks for changes once a second, and compiles what is new before it takes up any. */
const takenUpWithin = 30

/**
 * Resolves once the API server heeds the admission policies that were applied before. It takes them up together, so one more that it heeds
 * shows it of all. Asks in dry runs, which make nothing. Throws a `SetupError` after half a minute.
 * See https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export async function untilInForce(api: ClusterApi, within: number = takenUpWithin): Promise<void> {
  const token = randomUUID()
  for (const object of marking(token)) await untilAnswered(async () => api.apply(object))
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [mutantLabel]: label } } }
  const deadline = performance.now() + within * 1000
  do {
    const { metadata } = await untilAnswered(async () => api.objects.create<KubernetesObject>(namespace, undefined, 'All'))
    if (metadata?.annotations?.[mutatedByAnnotation] === token) return
    await pause(100)
  } while (performance.now() < deadline)
  throw new SetupError(`The API server did not heed a MutatingAdmissionPolicy within ${within} s.`, {
    fix: `Look at its log, and whether the feature gate MutatingAdmissionPolicy and admissionregistration.k8s.io/v1 are on.`,
  })
}

/** A policy by which what carries its label is annotated with a token. */
function marking(token: string): readonly KubernetesObject[] {
  const annotations = `Object.metadata{annotations: {"${mutatedByAnnotation}": "${token}"}}`
  return policyAndBinding(name, {
    reinvocationPolicy: 'Never',
    failurePolicy: 'Ignore',
    matchConstraints: {
      objectSelector: { matchLabels: { [mutantLabel]: label } },
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['namespaces'], scope: 'Cluster' }],
    },
    mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: `Object{metadata: ${annotations}}` } }],
  })
}
