import { readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capabilityFor, mebibyte, openDriverFixture, type UsedVolume } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'

const reason = await whyNoRealDevices()

/** CAP_SYS_RESOURCE of capabilities(7): without it ext4 does not grow while it is mounted. */
const resourceBit = 24n

function mayGrowOnline(): boolean {
  const [, effective = ''] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return (BigInt(`0x${effective}`) & (1n << resourceBit)) !== 0n
}

test.skipIf(reason !== undefined)('ext4 grows in use, or is refused and grown when it is staged next, as the machine lets it', async () => {
  await using driver = await openDriverFixture()
  const capability = capabilityFor('SINGLE_NODE_WRITER', { mount: { fs_type: 'ext4' } })
  const volume = await driver.mounted('grows', { capability, bytes: 64 * mebibyte })
  const sizeOf = ({ path }: UsedVolume) => {
    const { bsize, blocks } = statfsSync(path)
    return bsize * blocks
  }
  const before = sizeOf(volume)
  writeFileSync(join(volume.path, 'file'), 'kept', { flush: true })
  await driver.client.call('ControllerExpandVolume', { ...volume, capacity_range: { required_bytes: 128 * mebibyte } })
  const answer = await driver.client.refusal('NodeExpandVolume', { ...volume, volume_path: volume.path })
  const refusal = `FAILED_PRECONDITION: The ext4 at ${volume.path} cannot be grown while it is mounted here: it grows when it is staged next.`
  const expected = mayGrowOnline() ? { answer: 'OK', grown: true } : { answer: refusal, grown: false }
  expect({ answer, grown: sizeOf(volume) - before > 50 * mebibyte }).toEqual(expected)
  await driver.detached(volume)
  const again = await driver.use(volume.volume_id, { capability })
  expect(sizeOf(again) - before).toBeGreaterThan(50 * mebibyte)
  expect(readFileSync(join(again.path, 'file'), 'utf8')).toBe('kept')
  await driver.removed(again)
})
