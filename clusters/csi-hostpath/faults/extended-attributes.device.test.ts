import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command } from '../command.ts'
import { capabilityFor, mebibyte, openDriverFixture, type UsedVolume } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'

const reason = await whyNoRealDevices()

test.skipIf(reason !== undefined)('restore-drops-xattrs drops the attributes that a faithful restore keeps', async () => {
  await using driver = await openDriverFixture()
  const capability = capabilityFor('SINGLE_NODE_WRITER', { mount: { fs_type: 'ext4' } })
  const wanted = { capability, bytes: 16 * mebibyte }
  const imageOf = ({ volume_id }: UsedVolume) => join(driver.dataDirectory, `volumes/${volume_id}.img`)
  // debugfs(8) comes with mkfs.ext4; setfattr(1) need not be there. It wants the image for itself.
  const debug = (volume: UsedVolume, request: string) => command('debugfs', ['-w', '-R', request, imageOf(volume)])
  const attributeOf = async (volume: UsedVolume) => {
    await driver.detached(volume)
    return (await debug(volume, 'ea_get /file user.holdfast')).trim()
  }

  const source = await driver.mounted('with an attribute', wanted)
  writeFileSync(join(source.path, 'file'), 'content', { flush: true })
  await driver.detached(source)
  await debug(source, 'ea_set /file user.holdfast kept')
  const { snapshot } = await driver.client.call('CreateSnapshot', { name: 'with an attribute', source_volume_id: source.volume_id })
  const from = { ...wanted, volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } }
  const faithful = await driver.mounted('faithful', from)
  const faulty = await driver.mounted('without', { ...from, parameters: { fault: 'restore-drops-xattrs' } })
  expect(readFileSync(join(faulty.path, 'file'), 'utf8')).toBe('content')
  expect([await attributeOf(faithful), await attributeOf(faulty)]).toEqual(['user.holdfast (4) = "kept"', ''])
  await driver.client.call('DeleteSnapshot', snapshot)
  for (const volume of [source, faithful, faulty]) await driver.client.call('DeleteVolume', volume)
})
