import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { DriverDefinition } from '../driver-definition/definition.ts'
import { readDriverDefinition } from '../driver-definition/read-definition.ts'
import { classes } from '../profiles/default-profile.ts'
import { declaredCapabilities } from './declared-capabilities.ts'
import { driverName } from './driver-options.ts'
import { startDriverProcess } from './driver-process.ts'
import { whyNoRealDevices } from './real-devices.ts'
import { nodeKey, zoneKey } from './topology.ts'

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

function read(file: string): DriverDefinition {
  return readDriverDefinition(join(import.meta.dirname, file))
}

describe.each(files)('%s', (file) => {
  const definition = read(file)

  test('holds no key that the tests would ignore', () => {
    expect(definition.retired).toEqual([])
  })

  test('is about this driver and classes that every cluster has', () => {
    expect(definition.driver).toBe(driverName)
    const made = classes().map(({ kind, metadata }) => `${kind} ${metadata?.name}`)
    const named = Object.entries({
      StorageClass: definition.storageClass,
      VolumeSnapshotClass: definition.snapshotClass,
      VolumeGroupSnapshotClass: definition.groupSnapshotClass,
      VolumeAttributesClass: definition.volumeAttributesClass,
    }).flatMap(([kind, source]) => (source === undefined ? [] : [`${kind} ${source.from === 'existing' ? source.name : source.key}`]))
    expect(named.length).toBeGreaterThan(0)
    expect(made).toEqual(expect.arrayContaining(named))
  })
})

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`against the driver itself${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const stack = new AsyncDisposableStack()
  let declared: Awaited<ReturnType<typeof declaredCapabilities>>

  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
    stack.defer(() => rmSync(directory, { recursive: true, force: true }))
    const extraFlags = ['--zone=zone-a', '--max-volumes-per-node=64']
    const driver = stack.use(await startDriverProcess({ directory, nodeId: 'node-1', extraFlags }))
    declared = await declaredCapabilities(driver.socket)
  })
  afterAll(async () => stack.disposeAsync())

  test('every capability is there, and is what the driver declares', () => {
    const { volumeAttributesClass, xfs, ext4, topology, capacity, ...capabilities } = declared
    const definition = read('e2e-test-driver.yaml')
    expect(definition.capabilities).toEqual({ ...capabilities, ...undeclared, topology: false, capacity: false })
    const fileSystems = definition.fileSystems.filter((name) => name !== '')
    expect(fileSystems).toEqual(Object.entries({ xfs, ext4 }).flatMap(([name, offered]) => (offered ? [name] : [])))
    expect(definition.volumeAttributesClass !== undefined).toBe(volumeAttributesClass)
    const local = read('e2e-test-driver.node-local.yaml')
    expect(local.capabilities).toMatchObject({ topology, capacity })
    expect(local.topologyKeys).toEqual([nodeKey, zoneKey])
  })
})
