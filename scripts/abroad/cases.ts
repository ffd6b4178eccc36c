import type { Case } from './case.ts'
import { addedLabels, addedSidecar, defaultDeny, limitRange, quota, refusedImage, refusing, refusingRegistry } from './cluster-objects.ts'

/** A guarantee that makes a StatefulSet with a volume, and one whose Pods talk to each other and to the DNS of the cluster. */
const [storage, traffic] = ['persistent-volumes/survives-pod-deletion', 'dns/headless-service-names-ready-pods'] as const

const pods = [{ apiGroups: [''], resources: ['pods'] }]
const namespaces = [{ apiGroups: [''], resources: ['namespaces'] }]
const hasTeam = 'has(object.metadata.labels) && "team" in object.metadata.labels'
const teamAsked = refusing('abroad-team', { rules: pods, unless: hasTeam, message: 'each Pod needs the label team' })

const passes = { exitCode: 0, within: 300 } as const
const refused = { run: [storage], exitCode: 3, within: 60 } as const
const cannotPull = /Node \S+ cannot pull \S+ \((ErrImagePull|ImagePullBackOff)\): .*\. Push it with "\.\/holdfast image push/
const podsRefused = /The cluster refuses the Pods of the suites: .*/
const setUnderWorkload = /set under "workload" in holdfast\.yaml what it asks of Pods\./
const checkVersion = /Check that "kubectl --kubeconfig \S+ version" answers\./
const bothPassed = [/Passed +persistent-volumes\/survives-pod-deletion/, /Passed +dns\/headless-service-names-ready-pods/]
const applyRoles = /Have an administrator of the cluster apply what "\.\/holdfast rbac persistent-volumes\/survives-pod-deletion" prints/
const deletesLeft = /A run that was killed left namespace hf-\S+: deleting it\./

/** Where in a run it is stopped: in its preflight, its probes and its suites, as soon as it has made something there. */
const places = [
  { namespace: 'hf-preflight-', resource: 'pods' },
  { namespace: 'hf-probe-', resource: 'persistentvolumeclaims' },
  { namespace: 'hf-survives-pod-deletion-', resource: 'persistentvolumeclaims' },
] as const

/** All cases, for a cluster whose nodes have the image of the suites. */
export function casesOn({ image }: { readonly image: string }): readonly Case[] {
  return [
    // What the user has to see to first.
    { name: 'no workload image', image: null, ...refused, says: [/The nodes of the cluster cannot pull the workload image/, /image push/] },
    { name: 'registry unknown', image: 'registry.abroad.invalid/workload:1', ...refused, says: [cannotPull] },
    {
      name: 'registry answers 401',
      has: [refusingRegistry(image)],
      image: refusedImage(401),
      ...refused,
      says: [cannotPull, /401|denied|authoriz/i],
    },
    {
      name: 'registry answers 403',
      has: [refusingRegistry(image)],
      image: refusedImage(403),
      ...refused,
      says: [cannotPull, /403|denied|forbidden/i],
    },
    {
      name: 'no rights',
      guest: { rights: 'none' },
      ...refused,
      says: [/The user of context guest@abroad lacks rights .*list nodes/, applyRoles],
    },
    {
      name: 'one right less',
      guest: { rights: 'printed', without: { verb: 'create', resource: 'persistentvolumeclaims' } },
      ...refused,
      says: [/lacks rights that the suites need: create persistentvolumeclaims\. /, applyRoles],
    },
    { name: 'the rights that are printed', guest: { rights: 'printed' }, run: [storage], ...passes, says: bothPassed.slice(0, 1) },
    {
      name: 'no credentials',
      guest: {},
      ...refused,
      says: [/treats context guest@abroad as anonymous/, /Log in, or use another context\./],
    },
    {
      name: 'token of nobody',
      guest: { token: 'nobody' },
      ...refused,
      says: [/does not accept the credentials of context guest@abroad \(401\)/],
    },
    {
      name: 'no default class',
      lacksDefaultClass: true,
      ...refused,
      says: [/The cluster has no default StorageClass\. Choose one with --storage-class: .*holdfast/],
    },
    {
      name: 'no default class, and one is named',
      lacksDefaultClass: true,
      run: [storage, '--storage-class', 'holdfast'],
      ...passes,
      says: bothPassed.slice(0, 1),
    },
    // On the way to the API server.
    { name: 'proxy', way: 'proxy', run: [storage, traffic], ...passes, says: bothPassed },
    {
      name: 'proxy that is down',
      way: 'dead proxy',
      ...refused,
      says: [/No proxy answers at http:\/\/127\.0\.0\.1:\d+, .*: the connection was refused/, checkVersion],
    },
    {
      name: 'proxy that wants a password',
      way: 'refusing proxy',
      ...refused,
      says: [/it responded with 407\. Put its user and password into proxy-url/],
    },
    {
      name: 'proxy that says nothing',
      way: 'silent proxy',
      ...refused,
      says: [/reached by proxy http:.* did not answer within 10 s/, checkVersion],
    },
    { name: 'API server that says nothing', way: 'silent server', ...refused, says: [/did not answer within 10 s/, checkVersion] },
    { name: 'API server that is down', way: 'dead server', ...refused, says: [/the connection was refused/, checkVersion] },
    // What the cluster asks of its users.
    {
      name: 'quota of zero Pods',
      givesNamespaces: [quota({ pods: '0' })],
      ...refused,
      says: [podsRefused, /(exceeded quota|status unknown for quota): team-quota/, setUnderWorkload],
    },
    {
      name: 'quota of zero PersistentVolumeClaims',
      givesNamespaces: [quota({ persistentvolumeclaims: '0' })],
      run: [storage],
      exitCode: 2,
      within: 300,
      says: [/Inconclusive +persistent-volumes\/survives-pod-deletion/, /does not let .*: .*exceeded quota: team-quota/],
    },
    {
      name: 'quota that suffices',
      givesNamespaces: [quota({ pods: '20', 'limits.cpu': '20', 'limits.memory': '8Gi', 'requests.storage': '20Gi' })],
      run: [storage, traffic],
      ...passes,
      says: bothPassed,
    },
    {
      name: 'limits that are too low',
      givesNamespaces: [limitRange('Container', { cpu: '200m', memory: '256Mi' })],
      ...refused,
      says: [podsRefused, /maximum cpu usage per Container is 200m/, setUnderWorkload],
    },
    {
      name: 'limits that are too low, and the settings keep them',
      givesNamespaces: [limitRange('Container', { cpu: '200m', memory: '256Mi' })],
      settings: { workload: { resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '200m', memory: '256Mi' } } } },
      run: [storage, traffic],
      ...passes,
      says: bothPassed,
    },
    {
      name: 'volumes that may not be so large',
      givesNamespaces: [limitRange('PersistentVolumeClaim', { storage: '1Mi' })],
      run: [storage],
      exitCode: 2,
      within: 300,
      says: [/Inconclusive +persistent-volumes\/survives-pod-deletion/, /maximum storage usage per PersistentVolumeClaim is 1Mi/],
    },
    {
      // The network of a cluster of ours enforces no NetworkPolicy: this shows that one is seen, and that the run adds its own.
      name: 'traffic that is denied by default',
      givesNamespaces: [defaultDeny],
      run: [storage, traffic],
      ...passes,
      says: [...bothPassed, /The cluster gives new namespaces NetworkPolicy default-deny/],
    },
    { name: 'labels that are added', has: addedLabels, run: [storage, traffic], ...passes, says: bothPassed },
    { name: 'sidecars that are added', has: addedSidecar('initContainers', image), run: [storage, traffic], ...passes, says: bothPassed },
    { name: 'containers that are added', has: addedSidecar('containers', image), run: [storage, traffic], ...passes, says: bothPassed },
    { name: 'label that is asked for', has: teamAsked, ...refused, says: [podsRefused, /each Pod needs the label team/, setUnderWorkload] },
    {
      name: 'label that is asked for, and the settings give it',
      has: teamAsked,
      settings: { workload: { labels: { team: 'abroad' } } },
      run: [storage, traffic],
      ...passes,
      says: bothPassed,
    },
    {
      name: 'namespaces that are refused',
      has: refusing('abroad-namespaces', {
        rules: namespaces,
        when: 'object.metadata.name.startsWith("hf-")',
        unless: 'false',
        message: 'ask the platform team',
      }),
      ...refused,
      says: [/could not be checked: .*ask the platform team/, /no admission controller refuses/],
    },
    // What is left.
    {
      name: 'a driver that fails',
      run: ['persistent-volumes/clone-equals-source', '--storage-class', 'holdfast-restore-shares-source'],
      exitCode: 1,
      within: 300,
      says: [/Failed +persistent-volumes\/clone-equals-source/],
    },
    ...places.map((place): Case => ({
      name: `interrupted in ${place.namespace}`,
      run: [storage],
      interrupted: { signal: 'SIGINT', ...place },
      exitCode: 130,
      within: 120,
      says: [/SIGINT: stopping the run/],
    })),
    ...places.map((place): Case => ({
      name: `after one that was killed in ${place.namespace}`,
      run: [storage],
      killedBefore: { signal: 'SIGKILL', ...place },
      ...passes,
      says: [...bothPassed.slice(0, 1), deletesLeft],
    })),
  ]
}
