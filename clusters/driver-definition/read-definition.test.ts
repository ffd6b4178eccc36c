import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SetupError } from '../setup-error.ts'
import { writtenFiles } from '../testing/written-files.ts'
import { readDriverDefinition } from './read-definition.ts'

const files = writtenFiles('driver.yaml')

const read = (text: string) => readDriverDefinition(files.write(text))

function refused(text: string): string {
  try {
    read(text)
  } catch (error) {
    if (!(error instanceof SetupError) || error.fix === undefined) throw error
    return error.message.replaceAll(`${files.directory}/`, '')
  }
  throw new Error('It was not refused.')
}

describe('the defaults of Kubernetes', () => {
  test('stand where a definition says nothing', () => {
    const definition = read('DriverInfo: {Name: csi.example.com}')
    expect(definition).toMatchObject({
      driver: 'csi.example.com',
      sizes: { min: { text: '5Gi', bytes: 5 * 1024 ** 3 } },
      fileSystems: [''],
      requiredAccessModes: ['ReadWriteOnce'],
      allowedTopologies: 1,
      capabilities: {},
      timeouts: {},
      retired: [],
    })
    expect(definition.storageClass).toBeUndefined()
  })

  test('stand where a key has no value', () => {
    const text =
      'StorageClass:\nTimeouts:\nDriverInfo:\n  Name: csi.example.com\n  SupportedSizeRange:\n    Max: 8Ti\n  SupportedMountOption:\n'
    expect(read(text)).toMatchObject({ sizes: { min: { text: '5Gi' }, max: { text: '8Ti' } }, mountOptions: { supported: [] } })
  })

  test('let what can grow grow in use and out of use, unless one of both is said', () => {
    const of = (capabilities: string) => read(`DriverInfo: {Name: a.b, Capabilities: {${capabilities}}}`).capabilities
    expect(of('controllerExpansion: true')).toEqual({ controllerExpansion: true, onlineExpansion: true, offlineExpansion: true })
    expect(of('controllerExpansion: true, onlineExpansion: false')).toMatchObject({ onlineExpansion: false, offlineExpansion: true })
    expect(of('controllerExpansion: false')).toEqual({ controllerExpansion: false })
  })

  test('keep the default file system beside those that are named', () => {
    expect(read('DriverInfo: {Name: a.b, SupportedFsType: {"ext4", "xfs"}}').fileSystems).toEqual(['', 'ext4', 'xfs'])
  })
})

test('every key is read', () => {
  const written = `
StorageClass: {FromName: true}
SnapshotClass: {FromExistingClassName: snapshots}
GroupSnapshotClass: {FromName: yes}
VolumeAttributesClass: {FromExistingClassName: gold}
InlineVolumes:
  - Attributes: {size: 1Gi}
  - {Shared: true, ReadOnly: on}
ClientNodeName: node-7
NodeSelectors: {disk: fast}
Timeouts: {PodStart: 10m, ClaimProvision: 1h30m, PVDelete: 90s, ClaimUnusedCondition: 3m}
DriverInfo:
  Name: csi.example.com
  InTreePluginName: kubernetes.io/example
  TestTags: [slow]
  MaxFileSize: 1048576
  SupportedSizeRange: {Min: 1Gi, Max: 63.9Ti, Step: 1Gi}
  SupportedFsType: {xfs: {}}
  SupportedMountOption: {noatime: {}}
  RequiredMountOption: {vers=4.1: {}}
  RequiredAccessModes: [ReadWriteMany]
  TopologyKeys: [topology.example.com/zone]
  NumAllowedTopologies: 2
  StressTestOptions: {NumPods: 10, NumRestarts: 3}
  VolumeSnapshotStressTestOptions: {NumPods: 4, NumSnapshots: 5}
  VolumeModifyStressTestOptions: {NumPods: 6}
  VolumeGroupSnapshotStressTestOptions: {NumPods: 2, NumSnapshots: 2}
  PerformanceTestOptions:
    ProvisioningOptions: {VolumeSize: 1Gi, Count: 300, ExpectedMetrics: {AvgLatency: 120000000000, Throughput: 0.5}}
  Capabilities: {persistence: true, block: false}
`
  expect(read(written)).toMatchObject({
    driver: 'csi.example.com',
    storageClass: { from: 'name', key: 'StorageClass.FromName' },
    snapshotClass: { from: 'existing', name: 'snapshots', key: 'SnapshotClass.FromExistingClassName' },
    groupSnapshotClass: { from: 'name' },
    volumeAttributesClass: { from: 'existing', name: 'gold' },
    inlineVolumes: [
      { attributes: { size: '1Gi' }, shared: false, readOnly: false },
      { attributes: {}, shared: true, readOnly: true },
    ],
    clientNodeName: 'node-7',
    nodeSelectors: { disk: 'fast' },
    timeouts: { PodStart: 600, ClaimProvision: 5400, PVDelete: 90, ClaimUnusedCondition: 180 },
    maxFileSize: 1_048_576,
    sizes: { min: { bytes: 1024 ** 3 }, max: { text: '63.9Ti' }, step: { text: '1Gi' } },
    mountOptions: { supported: ['noatime'], required: ['vers=4.1'] },
    requiredAccessModes: ['ReadWriteMany'],
    topologyKeys: ['topology.example.com/zone'],
    allowedTopologies: 2,
    stress: {
      pods: { pods: 10, restarts: 3 },
      snapshots: { pods: 4, snapshots: 5 },
      modifications: { pods: 6 },
      groupSnapshots: { pods: 2, snapshots: 2 },
    },
    capabilities: { persistence: true, block: false },
  })
})

test('JSON is read too', () => {
  expect(read('{"DriverInfo": {"Name": "csi.example.com", "SupportedSizeRange": {"Min": "10Gi"}}}').sizes.min.text).toBe('10Gi')
})

test('keys that Kubernetes does not read any more are noted', () => {
  const text = 'ShortName: ebs\nDriverInfo:\n  Name: a.b\n  FeatureTag: x\n  StressTestOptions: {NumPods: 10, NumSnapshots: 10}\n'
  expect(read(text).retired).toEqual(['ShortName', 'DriverInfo.FeatureTag', 'DriverInfo.StressTestOptions.NumSnapshots'])
})

test.each([
  [
    'a key beside the others',
    'StorageClas: {FromName: true}',
    'has the key StorageClas, which Kubernetes v1.37.2 does not know. Did you mean StorageClass?',
  ],
  [
    'a key in small letters',
    'driverInfo: {Name: a.b}',
    'has the key driverInfo, which Kubernetes v1.37.2 does not know. Did you mean DriverInfo?',
  ],
  [
    'a capability',
    'DriverInfo: {Name: a.b, Capabilities: {controlerExpansion: true}}',
    'has the key DriverInfo.Capabilities.controlerExpansion, which Kubernetes v1.37.2 does not know. Did you mean controllerExpansion?',
  ],
  [
    'a capability that nothing is near',
    'DriverInfo: {Name: a.b, Capabilities: {dedupe: true}}',
    'has the key DriverInfo.Capabilities.dedupe, which Kubernetes v1.37.2 does not know.',
  ],
  [
    'a key in a list',
    'InlineVolumes: [{Atributes: {}}]',
    'has the key InlineVolumes.0.Atributes, which Kubernetes v1.37.2 does not know. Did you mean Attributes?',
  ],
  ['a time', 'Timeouts: {PodStarts: 5m}', 'has the key Timeouts.PodStarts, which Kubernetes v1.37.2 does not know. Did you mean PodStart?'],
  ['a duration', 'Timeouts: {PodStart: 5min}', 'has "5min" for Timeouts.PodStart, but it must be a duration such as 90s or 1h30m.'],
  ['a duration that is a number', 'Timeouts: {PodStart: 300}', 'has 300 for Timeouts.PodStart, but it must be a text, in quotes.'],
  [
    'a size',
    'DriverInfo: {Name: a.b, SupportedSizeRange: {Min: 5GB}}',
    'has "5GB" for DriverInfo.SupportedSizeRange.Min, but it must be a size such as 5Gi.',
  ],
  [
    'a size above the largest',
    'DriverInfo: {Name: a.b, SupportedSizeRange: {Max: 2Gi}}',
    'has a SupportedSizeRange whose Max: 2Gi is less than 5Gi, the default for Min.',
  ],
  [
    'a list for a set',
    'DriverInfo: {Name: a.b, SupportedFsType: [ext4]}',
    'has ["ext4"] for DriverInfo.SupportedFsType, but it must be a set such as {ext4: {}, xfs: {}}.',
  ],
  [
    'a text for a truth',
    'DriverInfo: {Name: a.b, Capabilities: {block: "true"}}',
    'has "true" for DriverInfo.Capabilities.block, but it must be true or false.',
  ],
  [
    'an access mode',
    'DriverInfo: {Name: a.b, RequiredAccessModes: [RWX]}',
    'has "RWX" for DriverInfo.RequiredAccessModes.0, but it must be one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.',
  ],
  ['a section that is none', 'StorageClass: true', 'has true for StorageClass, but it must be a mapping of keys to values.'],
  ['a file that is a list', '- a\n- b\n', 'is not a mapping of keys to values.'],
  ['no driver', 'StorageClass: {FromName: true}', 'names no driver.'],
  ['an empty file', '', 'names no driver.'],
  ['no YAML', 'DriverInfo:\n\tName: a.b\n', 'is not valid YAML: Tabs are not allowed as indentation at line 2, column 1.'],
  ['two documents', 'DriverInfo: {Name: a.b}\n---\nDriverInfo: {Name: c.d}\n', 'holds 2 documents instead of one.'],
  [
    'a Helm template',
    'DriverInfo:\n  Name: {{ .Values.driver }}\n',
    'is a template that was not rendered: line 2 holds {{ .Values.driver }}.',
  ],
  [
    'a Go template with conditions',
    'DriverInfo:\n{{- if .Snapshots }}\n  Name: a.b\n{{- end }}\n',
    'is a template that was not rendered: line 2 holds {{- if .Snapshots }}.',
  ],
  ['a shell template', 'DriverInfo:\n  Name: ${DRIVER}\n', 'is a template that was not rendered: line 2 holds ${DRIVER}.'],
])('%s is refused in one sentence', (_, text, sentence) => {
  expect(refused(text)).toBe(`Driver definition driver.yaml ${sentence}`)
})

test('braces in a comment make no template', () => {
  expect(read('# rendered from {{ .Values.driver }} by $MAKE\nDriverInfo: {Name: a.b} # ${OLD}\n').driver).toBe('a.b')
})

test('a file that is not there is told', () => {
  expect(() => readDriverDefinition(join(files.directory, 'nowhere.yaml'))).toThrow(/^Driver definition \S+nowhere\.yaml does not exist\.$/)
})
