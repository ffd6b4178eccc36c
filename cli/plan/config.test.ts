import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { componentNames } from '../../clusters/config.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { projectRoot } from '../shell/project-root.ts'
import { loadSettings, parseSettings } from './config.ts'
import { UsageError } from '../shell/usage-error.ts'

function messageOf(text: string): string {
  try {
    parseSettings('holdfast.yaml', text)
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} ${error.fix ?? ''}`
    throw error
  }
  return 'accepted'
}

test('accepts every documented key, and an empty file', () => {
  expect(
    parseSettings(
      'holdfast.yaml',
      'mirror: mirror.example.com/k8s\noffline: true\nprofile: standard\nworkers: 3\nworkloadImage: r.example.com/w:1\n',
    ),
  ).toEqual({
    mirror: 'mirror.example.com/k8s',
    offline: true,
    profile: 'standard',
    workers: 3,
    workloadImage: 'r.example.com/w:1',
  })
  expect(parseSettings('holdfast.yaml', '')).toEqual({})
})

test('the path of a file of known failures is relative to the settings file', () => {
  expect(parseSettings('/etc/holdfast/settings.yaml', 'knownFailures: known/storage.yaml')).toEqual({
    knownFailures: '/etc/holdfast/known/storage.yaml',
  })
  expect(messageOf('knownFailures: [one]')).toBe(
    'Config file holdfast.yaml has an invalid value for knownFailures. Set knownFailures to the path of a file of known failures.',
  )
})

test('names the file, the key and the fix', () => {
  expect(messageOf('wokers: 3')).toMatchInlineSnapshot(
    `"Config file holdfast.yaml has the unknown key wokers. Did you mean workers? Use only mirror, offline, profile, workers, workloadImage, images, kubernetes, featureGates, runtimeConfig, admissionPlugins, kubeadmPatches, kubeletConfiguration, auditLog, kind, components, workload, knownFailures, assessor, baseline, suites."`,
  )
  expect(messageOf('workers: many')).toMatchInlineSnapshot(
    `"Config file holdfast.yaml has an invalid value for workers. Set workers to a whole number of worker nodes from 2 to 20."`,
  )
  expect(messageOf('- a')).toMatchInlineSnapshot(
    `"Config file holdfast.yaml is not a mapping of keys to values. Write lines such as "workers: 2"."`,
  )
  expect(messageOf('offline: [')).toContain('Config file holdfast.yaml is not valid YAML: ')
})

test('a config file that was named must exist; the default one need not', () => {
  expect(() => loadSettings({ root: '/nonexistent', path: '/nonexistent/h.yaml' })).toThrow(
    'Config file /nonexistent/h.yaml does not exist.',
  )
  expect(loadSettings({ root: '/nonexistent' })).toEqual({})
})

test.each([
  ['kubernetes: 1.40', '1.40'],
  ['kubernetes: v1.37.2', 'v1.37.2'],
  ['kubernetes: "1.35"', '1.35'],
])('%s is the version %s, as it is written', (text, version) => {
  expect(parseSettings('holdfast.yaml', text)).toEqual({ kubernetes: version })
})

test('says how Kubernetes is to be configured', () => {
  const text = `
featureGates: { MaxUnavailableStatefulSet: true }
runtimeConfig: { api/alpha: true, storage.k8s.io/v1alpha1: "false" }
admissionPlugins: { enable: [PodNodeSelector], disable: [DefaultStorageClass] }
kubeadmPatches: [{ kind: ClusterConfiguration, apiServer: {} }]
kubeletConfiguration: { maxPods: 50 }
components: { csi-resizer: v2.1.0, velero: registry.example.com/velero@sha256:abc }
`
  expect(parseSettings('holdfast.yaml', text)).toEqual({
    featureGates: { MaxUnavailableStatefulSet: true },
    runtimeConfig: { 'api/alpha': 'true', 'storage.k8s.io/v1alpha1': 'false' },
    admissionPlugins: { enable: ['PodNodeSelector'], disable: ['DefaultStorageClass'] },
    kubeadmPatches: [{ kind: 'ClusterConfiguration', apiServer: {} }],
    kubeletConfiguration: { maxPods: 50 },
    components: { 'csi-resizer': 'v2.1.0', velero: 'registry.example.com/velero@sha256:abc' },
  })
})

test.each([
  ['featureGates: { Some: maybe }', 'invalid value for featureGates. Set featureGates to feature gates, each true or false.'],
  [
    'components: { csi-resizr: v2.1.0 }',
    'invalid value for components. Set components to a version or an image for each of csi-provisioner,',
  ],
  ['admissionPlugins: { on: [] }', 'invalid value for admissionPlugins. Set admissionPlugins to lists of names under enable and disable.'],
])('refuses %s', (text, sentence) => {
  expect(messageOf(text)).toContain(sentence)
})

test('who answers for runs is named with a sentence of any form, but with one', () => {
  expect(parseSettings('holdfast.yaml', 'assessor: Ada Lovelace, Example Ltd\n')).toEqual({ assessor: 'Ada Lovelace, Example Ltd' })
  expect(messageOf("assessor: ''")).toContain('Set assessor to who answers for the run, such as "Ada Lovelace, Example Ltd".')
})

test('images of applications are named, and a misspelt one has the nearest', () => {
  expect(parseSettings('holdfast.yaml', 'images: { postgres: "r.example.com/postgres:17@sha256:abc" }').images).toEqual({
    postgres: 'r.example.com/postgres:17@sha256:abc',
  })
  expect(messageOf('images: { postgress: "r.example.com/postgres:17" }')).toBe(
    'Config file holdfast.yaml has the unknown key images.postgress. Did you mean postgres? Use only postgres, postgres-next, redis, etcd, mongodb, zookeeper, mariadb, rabbitmq, nginx, backup-tools.',
  )
  expect(messageOf('images: { redis: 7 }')).toContain('invalid value for images. Set images to references of images for postgres,')
})

test('README.md names every component that may be replaced', () => {
  const sentence = /^- `components` may replace (.*?)\./m.exec(readFileSync(join(projectRoot, 'README.md'), 'utf8'))?.[1] ?? ''
  expect(Array.from(sentence.matchAll(/`(.+?)`/g), ([, name]) => name)).toEqual(componentNames)
})

test('the configuration of kind is a file beside the settings', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'kind.yaml'), 'kind: Cluster\n')
  writeFileSync(join(directory, 'list.yaml'), '- kind\n')
  const read = (text: string) => parseSettings(join(directory, 'holdfast.yaml'), text)
  expect(read('kind: kind.yaml')).toEqual({ kind: { kind: 'Cluster' } })
  expect(() => read('kind: missing.yaml')).toThrow(/missing\.yaml cannot be read/)
  expect(() => read('kind: list.yaml')).toThrow(/list\.yaml is not a mapping/)
})

test('a baseline is a path beside the settings, or the id of a run', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'report.json'), '{}')
  const read = (text: string) => parseSettings(join(directory, 'holdfast.yaml'), text)
  expect(read('baseline: report.json')).toEqual({ baseline: join(directory, 'report.json') })
  expect(read('baseline: 20261127-051232-1d09')).toEqual({ baseline: '20261127-051232-1d09' })
  expect(() => read('baseline: 1')).toThrow('has an invalid value for baseline.')
})

const workload = `workload:
  imagePullSecrets: [platform/registry]
  nodeSelector: { pool: storage }
  tolerations: [{ key: dedicated, operator: Equal, value: storage, effect: NoSchedule }]
  priorityClassName: low
  labels: { team: storage }
  annotations: { sidecar.example.com/inject: "false" }
  resources: { requests: { cpu: 5m }, limits: { memory: 256Mi } }
`

test('what every Pod is to have is written as in a Pod', () => {
  expect(parseSettings('holdfast.yaml', workload).workload).toMatchObject({
    nodeSelector: { pool: 'storage' },
    tolerations: [{ key: 'dedicated' }],
    resources: { limits: { memory: '256Mi' } },
  })
})

test.each([
  ['labels: { app.kubernetes.io/name: web }', 'workload.labels.app.kubernetes.io/name cannot be set: the selectors of suites use it.'],
  ['annotations: { backup.velero.io/backup-volumes: data }', 'cannot be set: suites tell Velero with it what to back up.'],
  ['labels: { holdfast.dev/run: mine }', 'cannot be set: Holdfast knows its own objects by it.'],
  ['labels: { team: "two words" }', 'workload.labels.team is no value of a label.'],
  ['nodeSelector: { kubernetes.io/hostname: one }', 'cannot be set: suites choose among the nodes.'],
  ['tolerations: [{ operator: Exists }]', 'workload.tolerations.0 must name a key'],
  ['tolerations: [{ key: holdfast.dev/kept-free, operator: Exists }]', 'workload.tolerations.0 has a key of which suites judge'],
  ['imagePullSecrets: [Registry]', 'workload.imagePullSecrets.0 must be <name> or <namespace>/<name> of a Secret.'],
  ['resources: { requests: { cpu: much } }', 'workload.resources.requests.cpu is no quantity.'],
  ['lables: {}', 'has the unknown key workload.lables. Did you mean labels?'],
  ['tolerations: [{ kee: a }]', 'has the unknown key workload.tolerations.0.kee.'],
])('%s is refused', (line, message) => {
  expect(messageOf(`workload:\n  ${line}\n`)).toContain(message)
})
