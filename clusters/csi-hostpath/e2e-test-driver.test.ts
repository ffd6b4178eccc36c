import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { releaseOf } from '../images/kubernetes-release.ts'
import { classes } from '../profiles/default-profile.ts'
import { declaredCapabilities } from './declared-capabilities.ts'
import { driverName } from './driver-options.ts'
import { startDriverProcess } from './driver-process.ts'
import { whyNoRealDevices } from './real-devices.ts'
import { nodeKey, zoneKey } from './topology.ts'

/** Version of Kubernetes whose test/e2e/storage these keys were read from: its tests ignore any other key without a word. */
const keysOf = 'v1.36.3'

const className = ['FromName', 'FromFile', 'FromExistingClassName']
const keys: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['DriverInfo', 'StorageClass', 'SnapshotClass', 'GroupSnapshotClass', 'VolumeAttributesClass', 'InlineVolumes'],
    ...['ClientNodeName', 'NodeSelectors', 'Timeouts'],
  ],
  StorageClass: className,
  SnapshotClass: className,
  GroupSnapshotClass: className,
  VolumeAttributesClass: ['FromFile', 'FromExistingClassName'],
  InlineVolumes: ['Attributes', 'Shared', 'ReadOnly'],
  DriverInfo: [
    ...['Name', 'InTreePluginName', 'TestTags', 'MaxFileSize', 'SupportedSizeRange', 'SupportedFsType', 'SupportedMountOption'],
    ...['RequiredMountOption', 'Capabilities', 'RequiredAccessModes', 'TopologyKeys', 'NumAllowedTopologies', 'StressTestOptions'],
    ...[
      'VolumeSnapshotStressTestOptions',
      'VolumeModifyStressTestOptions',
      'VolumeGroupSnapshotStressTestOptions',
      'PerformanceTestOptions',
    ],
  ],
  'DriverInfo.SupportedSizeRange': ['Min', 'Max'],
  'DriverInfo.StressTestOptions': ['NumPods', 'NumRestarts'],
  'DriverInfo.VolumeSnapshotStressTestOptions': ['NumPods', 'NumSnapshots'],
  'DriverInfo.VolumeModifyStressTestOptions': ['NumPods'],
  'DriverInfo.VolumeGroupSnapshotStressTestOptions': ['NumPods', 'NumSnapshots'],
  'DriverInfo.PerformanceTestOptions': ['ProvisioningOptions'],
  'DriverInfo.PerformanceTestOptions.ProvisioningOptions': ['VolumeSize', 'Count', 'ExpectedMetrics'],
}

/** Where the keys are names of the driver's own. */
const free = ['DriverInfo.Capabilities', 'DriverInfo.SupportedFsType', 'DriverInfo.SupportedMountOption', 'InlineVolumes.Attributes']

interface TestDriver {
  readonly StorageClass: { readonly FromExistingClassName: string }
  readonly SnapshotClass?: { readonly FromExistingClassName: string }
  readonly GroupSnapshotClass?: { readonly FromExistingClassName: string }
  readonly VolumeAttributesClass?: { readonly FromExistingClassName: string }
  readonly DriverInfo: {
    readonly Name: string
    readonly SupportedFsType: Readonly<Record<string, object>>
    readonly TopologyKeys?: readonly string[]
    readonly Capabilities: Readonly<Record<string, boolean>>
  }
}

function unknownKeys(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => unknownKeys(each, path))
  if (typeof value !== 'object' || value === null || free.includes(path)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = path === '' ? key : `${path}.${key}`
    return keys[path]?.includes(key) === true ? unknownKeys(inner, below) : [below]
  })
}

/** Capabilities that CSI has no word for: a driver shows them only by what it does. */
const undeclared: Readonly<Record<string, boolean>> = {
  persistence: true,
  exec: true,
  fsGroup: true,
  multipods: true,
  multiplePVsSameID: true,
  singleNodeVolume: false,
  FSResizeFromSourceNotSupported: false,
  seLinuxMount: false,
}

const files = ['e2e-test-driver.yaml', 'e2e-test-driver.node-local.yaml']

/** Sections that name a class, and the kind of that class. */
const classKinds = {
  StorageClass: 'StorageClass',
  SnapshotClass: 'VolumeSnapshotClass',
  GroupSnapshotClass: 'VolumeGroupSnapshotClass',
  VolumeAttributesClass: 'VolumeAttributesClass',
} as const

function read(file: string): TestDriver {
  return parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as TestDriver
}

test('the keys are those of the Kubernetes version that clusters run', () => {
  expect(releaseOf().kubernetes, 'Read test/e2e/storage again, then change keysOf.').toBe(keysOf)
})

describe.each(files)('%s', (file) => {
  const definition = read(file)

  test('holds no key that the tests would ignore', () => {
    expect(unknownKeys(definition)).toEqual([])
  })

  test('is about this driver and classes that every cluster has', () => {
    expect(definition.DriverInfo.Name).toBe(driverName)
    const made = classes().map(({ kind, metadata }) => `${kind} ${metadata?.name}`)
    const named = Object.entries(classKinds).flatMap(([section, kind]) => {
      const name = definition[section as keyof typeof classKinds]?.FromExistingClassName
      return name === undefined ? [] : [`${kind} ${name}`]
    })
    expect(made).toEqual(expect.arrayContaining(named))
  })
})

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`against the driver itself${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const stack = new AsyncDisposableStack()
  let declared: Awaited<ReturnType<typeof declaredCapabilities>>

  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'holdfast-e2e-driver-'))
    stack.defer(() => rmSync(directory, { recursive: true, force: true }))
    const extraFlags = ['--zone=zone-a', '--max-volumes-per-node=64']
    const driver = stack.use(await startDriverProcess({ directory, nodeId: 'node-1', extraFlags }))
    declared = await declaredCapabilities(driver.socket)
  })
  afterAll(async () => stack.disposeAsync())

  test('every capability is there, and is what the driver declares', () => {
    const { volumeAttributesClass, xfs, ext4, topology, capacity, ...capabilities } = declared
    const definition = read('e2e-test-driver.yaml')
    expect(definition.DriverInfo.Capabilities).toEqual({ ...capabilities, ...undeclared, topology: false, capacity: false })
    const fileSystems = Object.keys(definition.DriverInfo.SupportedFsType).filter((name) => name !== '')
    expect(fileSystems).toEqual(Object.entries({ xfs, ext4 }).flatMap(([name, offered]) => (offered ? [name] : [])))
    expect(definition.VolumeAttributesClass !== undefined).toBe(volumeAttributesClass)
    const { DriverInfo } = read('e2e-test-driver.node-local.yaml')
    expect(DriverInfo.Capabilities).toMatchObject({ topology, capacity })
    expect(DriverInfo.TopologyKeys).toEqual([nodeKey, zoneKey])
  })
})
