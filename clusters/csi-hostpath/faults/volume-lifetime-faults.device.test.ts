import { readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capabilityFor, mebibyte, openDriverFixture, type DriverFixture, type UsedVolume } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`faults between volumes${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture()
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  const faulty = (name: string, fault: string) => driver.mounted(name, { parameters: { fault } })
  const write = (volume: UsedVolume, text: string) => writeFileSync(join(volume.path, 'file'), text, { flush: true })
  const read = (volume: UsedVolume) => readFileSync(join(volume.path, 'file'), 'utf8')

  test('copies-keep-size and copies-collide', async () => {
    const large = { bytes: 640 * mebibyte }
    const sizeOf = (volume: UsedVolume) => statfsSync(volume.path).bsize * statfsSync(volume.path).blocks
    const source = await faulty('small and colliding', 'copies-collide')
    const from = { volume_content_source: { volume: { volume_id: source.volume_id } } }
    const small = await driver.mounted('still small', { ...from, ...large, parameters: { fault: 'copies-keep-size' } })
    const grown = await driver.mounted('grown', { ...from, ...large })
    expect([sizeOf(small), sizeOf(grown) > 500 * mebibyte]).toEqual([sizeOf(source), true])
    const volume_id = await driver.create('collides', { ...from, parameters: { fault: 'copies-collide' } })
    await expect(driver.use(volume_id)).rejects.toThrow('mount')
    await driver.removed(source, small, grown)
    await driver.removed(await driver.use(volume_id))
  })

  test('later-expansion-truncates', async () => {
    const volume = await faulty('truncated later', 'later-expansion-truncates')
    write(volume, '0123456789')
    const grow = async (size: number) => {
      await driver.client.call('ControllerExpandVolume', { ...volume, capacity_range: { required_bytes: size * mebibyte } })
      await driver.client.call('NodeExpandVolume', { ...volume, volume_path: volume.path })
    }
    await grow(400)
    await grow(400)
    expect(read(volume)).toBe('0123456789')
    await grow(500)
    expect(read(volume)).toBe('01234')
    await driver.removed(volume)
  })

  test('creation-fails', async () => {
    const wanted = { name: 'fails at first', volume_capabilities: [capabilityFor()] }
    const parameters = { fault: 'creation-fails', faultTimes: '1', faultCode: 'RESOURCE_EXHAUSTED' }
    const refusal = await driver.client.refusal('CreateVolume', { ...wanted, parameters })
    expect(refusal).toBe('RESOURCE_EXHAUSTED: Fault creation-fails: failure 1 of 1.')
    const { volume } = await driver.client.call('CreateVolume', { ...wanted, parameters })
    await driver.client.call('DeleteVolume', volume)
  })

  test('deletion-spreads', async () => {
    const [idle, used, deleted] = [
      await faulty('idle', 'deletion-spreads'),
      await faulty('used', 'deletion-spreads'),
      await faulty('deleted', 'deletion-spreads'),
    ]
    write(idle, 'of the idle one')
    write(used, 'of the used one')
    await driver.detached(idle)
    await driver.removed(deleted)
    const again = await driver.use(idle.volume_id)
    expect(readdirSync(again.path)).toEqual([])
    expect(read(used)).toBe('of the used one')
    await driver.removed(again, used)
  })
})
