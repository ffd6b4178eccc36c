import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDriverFixture, type DriverFixture } from '../csi-hostpath/driver-fixture.ts'
import { whyNoRealDevices } from '../csi-hostpath/real-devices.ts'
import { leaksOf } from './account.ts'
import { callsSince, idsInDriver, loopDevicesOf } from './driver-remains.ts'

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`leaks of a real driver${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture()
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  /** What leaks where the API server knows these volumes, by name and handle, and none of them is attached. */
  async function leaks(since: string, known: ReadonlyMap<string, string> = new Map()): Promise<readonly string[]> {
    const calls = join(driver.dataDirectory, 'calls')
    const made = callsSince(calls, since)
    const ids = new Set(made.flatMap(({ volumeId }) => (volumeId === undefined ? [] : [volumeId])))
    const api = { volumes: known, snapshots: new Set<string>(), attached: new Set<string>() }
    return leaksOf(made, { ...api, ...idsInDriver(calls), uses: await loopDevicesOf(ids) })
  }
  const now = () => new Date().toISOString()

  test('volumes and snapshots that were used and deleted leave nothing', async () => {
    const since = now()
    const volume = await driver.mounted('tidy')
    const { snapshot } = await driver.client.call('CreateSnapshot', { name: 'tidy moment', source_volume_id: volume.volume_id })
    await driver.client.call('DeleteSnapshot', snapshot)
    const request = { name: 'tidy group', source_volume_ids: [volume.volume_id] }
    const { group_snapshot: group } = await driver.client.call('CreateVolumeGroupSnapshot', request)
    expect(await leaks(since)).toContainEqual(
      expect.stringMatching(/^The CSI driver still has snapshot snap-.*, made as tidy group, .* and nobody asked it to delete\.$/),
    )
    await driver.client.call('DeleteVolumeGroupSnapshot', group)
    await driver.removed(volume)
    expect(await leaks(since)).toEqual([])
  })

  test('a driver that answers deletions and removes nothing leaks, and each leak is named', async () => {
    const since = now()
    const volume = await driver.mounted('kept', { parameters: { fault: 'delete-leaves-data' } })
    const { volume_id: id } = volume
    const parameters = { fault: 'snapshot-delete-leaves-data' }
    const { snapshot } = await driver.client.call('CreateSnapshot', { name: 'kept moment', source_volume_id: id, parameters })
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(volume)
    expect(await leaks(since)).toEqual([
      `The CSI driver answered that it deleted volume ${id}, made for kept, and still has it.`,
      `The CSI driver answered that it deleted snapshot ${snapshot.snapshot_id}, made as kept moment, and still has it.`,
    ])
  })

  test('a volume that nobody deleted leaks with its loop device, until the API server knows it and it is detached', async () => {
    const since = now()
    const volume = await driver.mounted('forgotten')
    const { volume_id: id } = volume
    expect(await leaks(since)).toEqual([
      `The CSI driver still has volume ${id}, made for forgotten, which no PersistentVolume names and nobody asked it to delete.`,
      expect.stringMatching(`^There still is loop device loop[0-9]+ of volume ${id}, which is attached to no node.$`),
    ])
    await driver.detached(volume)
    expect(await leaks(since, new Map([['pvc-forgotten', id]]))).toEqual([])
    await driver.client.call('DeleteVolume', { volume_id: id })
  })
})
