import { askApiServer } from '../../../contract/ask-api-server.ts'
import { remove, replaceOrAdd, type Policy } from '../policy.ts'

const newPods = { apiGroup: '', resource: 'pods', operations: ['CREATE'] } as const

const lastVolume = 'string(object.spec.volumes.size() - 1)'
const mount = 'object.spec.containers[0].volumeMounts[0]'

/** Adds to the tolerations, of which the API server has given every Pod some by then: a list of them is what its policies cannot take. */
const tolerateEveryTaint = replaceOrAdd('/spec/tolerations/-', 'Object.spec.tolerations{operator: "Exists"}')

/** A liveness probe that runs a command every second, and has the container restarted when it failed twice. */
function livenessProbe(command: readonly string[]): string {
  const type = 'Object.spec.containers.livenessProbe'
  return `${type}{exec: ${type}.exec{command: ${JSON.stringify(command)}}, periodSeconds: 1, timeoutSeconds: 4, successThreshold: 1, failureThreshold: 2}`
}

/** Admission policies that change Pods: where they run, what they are called and what they mount. */
export const podPolicies = {
  'volume-not-mounted': {
    description: 'The API server removes the volume mounts of every Pod, so that containers write to their own file system.',
    ...newPods,
    when: 'has(object.spec.containers[0].volumeMounts)',
    patch: remove('/spec/containers/0/volumeMounts'),
  },
  'read-only-dropped': {
    description: 'The API server forgets that a Pod asked for its volume read-only.',
    ...newPods,
    when: 'object.spec.volumes.exists(volume, has(volume.persistentVolumeClaim) && has(volume.persistentVolumeClaim.readOnly))',
    patch: replaceOrAdd('/spec/volumes/0/persistentVolumeClaim/readOnly', 'false'),
  },
  'node-agent-missing': {
    description: 'The API server sends every Pod to the control-plane node, where no node agent of Velero runs.',
    ...newPods,
    patch: [replaceOrAdd('/spec/nodeSelector', '{"node-role.kubernetes.io/control-plane": ""}'), tolerateEveryTaint].join(', '),
  },
  'backup-annotation-dropped': {
    description: 'The API server forgets that volumes of a Pod are to be backed up file by file.',
    ...newPods,
    when: 'has(object.metadata.annotations) && "backup.velero.io/backup-volumes" in object.metadata.annotations',
    patch: remove('/metadata/annotations/backup.velero.io~1backup-volumes'),
  },
  'pods-in-one-zone': {
    description: 'The API server stores every Pod that is to be spread over zones as one for the first zone.',
    ...newPods,
    when: 'has(object.spec.topologySpreadConstraints)',
    patch: [
      remove('/spec/topologySpreadConstraints'),
      replaceOrAdd('/spec/nodeSelector', '{"topology.kubernetes.io/zone": "zone-a"}'),
    ].join(', '),
  },
  'taints-tolerated': {
    description: 'The API server gives every Pod a toleration of every taint.',
    ...newPods,
    patch: tolerateEveryTaint,
  },
  'alive-by-api-server': {
    description: 'The API server gives every container a liveness probe that asks the API server, so that it is restarted without one.',
    ...newPods,
    patch: replaceOrAdd('/spec/containers/0/livenessProbe', livenessProbe(['timeout', '2', 'bash', '-c', askApiServer])),
  },
  'node-loss-not-tolerated': {
    description: 'The API server gives every Pod 5 s in place of 300 s until it leaves a node that is not Ready or does not answer.',
    ...newPods,
    when: 'object.spec.tolerations.size() > 1',
    patch: [0, 1].map((place) => replaceOrAdd(`/spec/tolerations/${place}/tolerationSeconds`, '5')).join(', '),
  },
  'pvcs-not-mounted': {
    description: 'The API server stores every Pod without its volumes.',
    ...newPods,
    when: 'has(object.spec.volumes) && has(object.spec.containers[0].volumeMounts)',
    patch: [remove('/spec/containers/0/volumeMounts'), remove('/spec/volumes')].join(', '),
  },
  'hostname-overridden': {
    description: 'The API server stores every Pod that has a hostname with another one.',
    ...newPods,
    when: 'has(object.spec.hostname)',
    patch: replaceOrAdd('/spec/hostname', '"somebody"'),
  },
  'hostname-by-hand': {
    description: 'The API server gives every Pod without a hostname that of the first Pod of StatefulSet web.',
    ...newPods,
    when: '!has(object.spec.hostname)',
    patch: [replaceOrAdd('/spec/hostname', '"web-0"'), replaceOrAdd('/spec/subdomain', '"web"')].join(', '),
  },
  'pvc-replaced-by-scratch': {
    description: 'The API server replaces the last volume of every Pod by an empty directory of the node.',
    ...newPods,
    when: 'object.spec.volumes.size() > 0 && has(object.spec.volumes[object.spec.volumes.size() - 1].persistentVolumeClaim)',
    patch: [
      `JSONPatch{op: "remove", path: "/spec/volumes/" + ${lastVolume} + "/persistentVolumeClaim"}`,
      `JSONPatch{op: "add", path: "/spec/volumes/" + ${lastVolume} + "/emptyDir", value: Object.spec.volumes.emptyDir{}}`,
    ].join(', '),
  },
  'fs-group-dropped': {
    description: 'The API server forgets the group to which the volumes of a Pod are to belong.',
    ...newPods,
    when: 'has(object.spec.securityContext) && has(object.spec.securityContext.fsGroup)',
    patch: remove('/spec/securityContext/fsGroup'),
  },
  'mounts-below-left-writable': {
    description: 'The API server forgets that what is mounted below a read-only mount of a Pod is to be read-only too.',
    ...newPods,
    when: `has(${mount}.recursiveReadOnly)`,
    patch: replaceOrAdd('/spec/containers/0/volumeMounts/0/recursiveReadOnly', '"Disabled"'),
  },
  'sub-path-dropped': {
    description: 'The API server mounts the whole volume where a directory of it was asked for.',
    ...newPods,
    when: `has(${mount}.subPath)`,
    patch: remove('/spec/containers/0/volumeMounts/0/subPath'),
  },
  'grace-period-shortened': {
    description: 'The API server stores every Pod with a grace period of 5 s.',
    ...newPods,
    patch: replaceOrAdd('/spec/terminationGracePeriodSeconds', '5'),
  },
  'size-limits-dropped': {
    description: 'The API server forgets the size limit of every emptyDir.',
    ...newPods,
    when: 'has(object.spec.volumes) && has(object.spec.volumes[0].emptyDir) && has(object.spec.volumes[0].emptyDir.sizeLimit)',
    patch: remove('/spec/volumes/0/emptyDir/sizeLimit'),
  },
  'images-not-mounted': {
    description: 'The API server replaces the first volume of every Pod by an emptyDir where it is an image.',
    ...newPods,
    when: 'has(object.spec.volumes) && has(object.spec.volumes[0].image)',
    patch: [remove('/spec/volumes/0/image'), replaceOrAdd('/spec/volumes/0/emptyDir', 'Object.spec.volumes.emptyDir{}')].join(', '),
  },
  'temporary-files-kept': {
    description: 'The API server gives every Pod an emptyDir for the temporary files of its container.',
    ...newPods,
    when: 'has(object.spec.volumes) && has(object.spec.containers[0].volumeMounts)',
    patch: [
      replaceOrAdd('/spec/volumes/-', 'Object.spec.volumes{name: "temporary", emptyDir: Object.spec.volumes.emptyDir{}}'),
      replaceOrAdd('/spec/containers/0/volumeMounts/-', 'Object.spec.containers.volumeMounts{name: "temporary", mountPath: "/tmp"}'),
    ].join(', '),
  },
  'scratch-on-first-volume': {
    description: 'The API server mounts the first volume of a Pod in place of its second.',
    ...newPods,
    when: 'has(object.spec.containers[0].volumeMounts) && object.spec.containers[0].volumeMounts.size() > 1',
    patch: replaceOrAdd('/spec/containers/0/volumeMounts/1/name', `${mount}.name`),
  },
} as const satisfies Readonly<Record<string, Policy>>
