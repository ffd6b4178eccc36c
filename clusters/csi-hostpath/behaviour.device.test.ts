import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { declaredCapabilities } from './declared-capabilities.ts'
import { openDriverFixture, mebibyte, type DriverFixture } from './driver-fixture.ts'
import { whyNoRealDevices } from './real-devices.ts'

const reason = await whyNoRealDevices()
const title = 'a driver with steps of 1Gi that grows offline and takes its time'

describe.skipIf(reason !== undefined)(`${title}${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const gibibyte = 1024 * mebibyte
  const slow = 0.5
  let driver: DriverFixture

  beforeAll(async () => {
    const seconds = [`--provision-seconds=${slow}`, `--attach-seconds=${slow}`]
    driver = await openDriverFixture(['--size-step=1Gi', '--expansion=offline', ...seconds])
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  test('grows what is attached to no node, in whole steps, and says that it does so', async () => {
    const volume = await driver.mounted('grows')
    const grow = { volume_id: volume.volume_id, capacity_range: { required_bytes: 2 * gibibyte + 1 } }
    expect(await driver.client.refusal('ControllerExpandVolume', grow)).toMatch(/^FAILED_PRECONDITION.*attached to node node-1/)
    const same = { ...grow, capacity_range: { required_bytes: gibibyte } }
    expect(await driver.client.call('ControllerExpandVolume', same)).toMatchObject({ capacity_bytes: String(gibibyte) })
    await driver.detached(volume)
    expect(await driver.client.call('ControllerExpandVolume', grow)).toMatchObject({ capacity_bytes: String(3 * gibibyte) })
    const again = await driver.use(volume.volume_id)
    await driver.removed(again)
    const declared = await declaredCapabilities(join(driver.directory, 'csi.sock'))
    expect(declared).toMatchObject({ onlineExpansion: false, offlineExpansion: true })
    expect(driver.appliedFaults()).toEqual([])
  })

  test('takes its time once for each volume and each attachment', async () => {
    const volume = await driver.mounted('slow')
    const took = (method: string) =>
      driver
        .callLog()
        .filter((call) => call.method === method)
        .at(-1)?.durationMs ?? 0
    for (const method of ['CreateVolume', 'ControllerPublishVolume']) expect(took(method)).toBeGreaterThanOrEqual(slow * 1000 - 1)
    await driver.removed(volume)
  })
})
