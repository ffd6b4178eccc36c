import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capabilityFor, openDriverFixture } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'

const reason = await whyNoRealDevices()

test.skipIf(reason !== undefined)('what a node that died had staged is forgotten when it is detached there, and only there', async () => {
  await using driver = await openDriverFixture()
  const capability = capabilityFor('MULTI_NODE_MULTI_WRITER')
  const here = await driver.mounted('left staged', { capability })
  const there = await driver.use(here.volume_id, { capability, node: 'node-2' })
  const elsewhere = await driver.mounted('another volume')
  const staged = () => readdirSync(join(driver.dataDirectory, 'state/staged')).toSorted()
  const records = (...names: readonly string[]) => names.map((name) => `${name}.json`).toSorted()
  const another = `${elsewhere.volume_id}.node-1`

  await driver.client.call('ControllerUnpublishVolume', { ...there, node_id: 'node-2' })
  expect(staged()).toEqual(records(`${here.volume_id}.node-1`, another))
  // No node id means every node.
  await driver.client.call('ControllerUnpublishVolume', { ...here, node_id: '' })
  expect(staged()).toEqual(records(another))
  for (const volume of [there, here]) await driver.detached(volume)
  await driver.client.call('DeleteVolume', here)
  await driver.removed(elsewhere)
})
