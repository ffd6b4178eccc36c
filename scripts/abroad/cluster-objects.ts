import type { Manifest } from './api.ts'

/** Namespace of what a foreign cluster has of its own for a case. */
export const home = 'abroad'

type Written = Manifest & Readonly<Record<string, unknown>>

const inHoldfast = 'request.namespace.startsWith("hf-")'

/** A ResourceQuota, for each new namespace. */
export function quota(hard: Readonly<Record<string, string>>): Written {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team-quota' }, spec: { hard } }
}

/** A LimitRange, for each new namespace. */
export function limitRange(type: 'Container' | 'PersistentVolumeClaim', max: Readonly<Record<string, string>>): Written {
  return { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'team-limits' }, spec: { limits: [{ type, max }] } }
}

/** A NetworkPolicy that denies all traffic, for each new namespace. */
export const defaultDeny: Written = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'default-deny' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
}

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
}

/** An admission policy with its binding. It acts on what is created in namespaces of Holdfast, or on these themselves. */
function admission(
  kind: 'MutatingAdmissionPolicy' | 'ValidatingAdmissionPolicy',
  {
    name,
    rules,
    when = inHoldfast,
    spec,
  }: { readonly name: string; readonly rules: readonly Rule[]; readonly when?: string; readonly spec: object },
): readonly Written[] {
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const resourceRules = rules.map((rule) => ({ ...rule, apiVersions: ['*'], operations: ['CREATE'] }))
  const common = {
    failurePolicy: 'Fail',
    matchConstraints: { resourceRules },
    matchConditions: [{ name: 'only-holdfast', expression: when }],
  }
  const actions = kind === 'ValidatingAdmissionPolicy' ? { validationActions: ['Deny'] } : {}
  return [
    { apiVersion, kind, metadata: { name }, spec: { ...common, ...spec } },
    { apiVersion, kind: `${kind}Binding`, metadata: { name }, spec: { policyName: name, ...actions } },
  ]
}

/** Refuses what does not fulfil a CEL expression, with a message. */
export function refusing(
  name: string,
  of: { readonly rules: readonly Rule[]; readonly when?: string; readonly unless: string; readonly message: string },
) {
  const { unless: expression, message, ...rest } = of
  return admission('ValidatingAdmissionPolicy', { name, ...rest, spec: { validations: [{ expression, message }] } })
}

/** Gives Pods, StatefulSets and PersistentVolumeClaims a label. */
export const addedLabels = admission('MutatingAdmissionPolicy', {
  name: 'abroad-labels',
  rules: [
    { apiGroups: [''], resources: ['pods', 'persistentvolumeclaims', 'services'] },
    { apiGroups: ['apps'], resources: ['statefulsets'] },
  ],
  spec: {
    reinvocationPolicy: 'Never',
    mutations: [
      {
        patchType: 'JSONPatch',
        jsonPatch: {
          expression: [
            '(has(object.metadata.labels) ? [] : [JSONPatch{op: "add", path: "/metadata/labels", value: Object.metadata.labels{}}])',
            '[JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("example.com/team"), value: "abroad"}]',
          ].join(' + '),
        },
      },
    ],
  },
})

/** A program that runs until it is told to end, as a proxy of a service mesh does. */
const proxyProgram = 'process.on("SIGTERM", () => process.exit()); setInterval(() => undefined, 1000)'

/** Gives Pods one more container; one that the kubelet knows for a sidecar among init containers, or an ordinary one that never ends. */
export function addedSidecar(kind: 'initContainers' | 'containers', image: string): readonly Written[] {
  const type = `Object.spec.${kind}`
  const words = ['node', '-e', proxyProgram].map((word) => JSON.stringify(word)).join(', ')
  const capabilities = `capabilities: ${type}.securityContext.capabilities{drop: ["ALL"]}`
  const fields = [
    // By its name it comes before the container of suites.
    'name: "agent"',
    `image: ${JSON.stringify(image)}`,
    `command: [${words}]`,
    `securityContext: ${type}.securityContext{allowPrivilegeEscalation: false, ${capabilities}}`,
    ...(kind === 'initContainers' ? ['restartPolicy: "Always"'] : []),
  ]
  const added = `${type}{${fields.join(', ')}}`
  // As a patch: an apply configuration must not have lists such as a command. It comes first, before the containers of suites.
  const path = `/spec/${kind}`
  const list = `(has(object.spec.${kind}) ? [] : [JSONPatch{op: "add", path: "${path}", value: []}])`
  const expression = `${list} + [JSONPatch{op: "add", path: "${path}/0", value: ${added}}]`
  return admission('MutatingAdmissionPolicy', {
    name: 'abroad-sidecar',
    rules: [{ apiGroups: [''], resources: ['pods'] }],
    spec: { reinvocationPolicy: 'Never', mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }] },
  })
}

const registryPort = 5997

/** Name of an image in the registry on each node, which answers each request for it with a status such as 401. */
export function refusedImage(status: 401 | 403): string {
  return `localhost:${registryPort}/refused-${status}/workload:1`
}

const registryProgram = `require("http").createServer((asked, answer) => {
  const status = Number(/refused-([0-9]+)/.exec(asked.url)?.[1] ?? 200)
  answer.writeHead(status, { "content-type": "application/json", "docker-distribution-api-version": "registry/2.0" })
  answer.end(JSON.stringify(status === 200 ? {} : { errors: [{ code: "DENIED", message: "this registry refuses" }] }))
}).listen(${registryPort}, "127.0.0.1")`

/** A registry on each node that refuses: to containerd it is one on localhost, of which no certificate is asked. */
export function refusingRegistry(image: string): Written {
  const labels = { app: 'registry' }
  const container = {
    ...{ name: 'registry', image, imagePullPolicy: 'IfNotPresent', command: ['node', '-e', registryProgram] },
    readinessProbe: { tcpSocket: { host: '127.0.0.1', port: registryPort }, periodSeconds: 1 },
  }
  const spec = { hostNetwork: true, terminationGracePeriodSeconds: 1, tolerations: [{ operator: 'Exists' }], containers: [container] }
  return {
    ...{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'registry', namespace: home } },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  }
}
