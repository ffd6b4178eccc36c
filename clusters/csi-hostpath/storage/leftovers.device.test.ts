import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { command } from '../command.ts'
import { connectDriver } from '../driver-client.ts'
import { capabilityFor, openDriverFixture, untilInDirectory } from '../driver-fixture.ts'
import { loopDevicesBelow } from '../../loop-devices.ts'
import { startDriverProcess } from '../driver-process.ts'
import { mountsBelow } from '../node/mounts.ts'
import { whyNoRealDevices } from '../real-devices.ts'
import { certainlyLeft } from './frozen-copy.ts'

const reason = await whyNoRealDevices()

test.skipIf(reason !== undefined)('a start after kill -9 thaws what stood still and sweeps what was half made', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('driver')))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(directory, { recursive: true, force: true }))
  const first = stack.use(await startDriverProcess({ directory, nodeId: 'node-1' }))
  const data = (path: string) => join(first.dataDirectory, path)
  const volume_capability = capabilityFor()
  const [staging_target_path, target_path] = [join(directory, 'staging'), join(directory, 'pod')]
  let id = ''
  {
    using client = connectDriver(first.socket)
    const { volume } = await client.call('CreateVolume', { name: 'survivor', volume_capabilities: [volume_capability] })
    id = volume.volume_id
    const used = { volume_id: id, staging_target_path, target_path, volume_capability, node_id: 'node-1' }
    for (const method of ['ControllerPublishVolume', 'NodeStageVolume', 'NodePublishVolume']) await client.call(method, used)
  }
  await first.stop('SIGKILL')
  const orphan = `vol-${'0'.repeat(24)}`
  const planted = [`volumes/${orphan}.img`, `volumes/${orphan}.img.partial`, `stale/${orphan}.img`, `state/volumes/${orphan}.json.partial`]
  const member = { id: `snap-${'1'.repeat(24)}`, groupId: `group-${'2'.repeat(24)}` }
  for (const path of planted) writeFileSync(data(path), '')
  writeFileSync(data(`state/snapshots/${member.id}.json`), JSON.stringify(member))
  writeFileSync(data(`snapshots/${member.id}.img`), '')
  writeFileSync(data(`state/frozen/${id}.json`), JSON.stringify({ at: new Date().toISOString() }))
  await command('fsfreeze', ['--freeze', target_path])
  const started = await startDriverProcess({ directory, nodeId: 'node-1' }).catch(String)
  // EINVAL is what a thawed file system answers; a frozen one would be thawed by this and not stay behind on the machine.
  await expect(command('fsfreeze', ['--unfreeze', target_path])).rejects.toThrow(/Invalid argument/)
  if (typeof started === 'string') throw new Error(started)
  stack.use(started)

  writeFileSync(join(target_path, 'file'), 'after the kill')
  const left = ['volumes', 'stale', 'snapshots', 'state/volumes', 'state/snapshots', 'state/frozen'].map((folder) =>
    readdirSync(data(folder)),
  )
  expect(left).toEqual([[`${id}.img`], [], [], [`${id}.json`], [], []])
  using client = connectDriver(started.socket)
  const used = { volume_id: id, staging_target_path, target_path, node_id: 'node-1' }
  for (const method of ['NodeUnpublishVolume', 'NodeUnstageVolume', 'ControllerUnpublishVolume', 'DeleteVolume'])
    await client.call(method, used)
  expect([await mountsBelow(directory), await loopDevicesBelow(directory), readdirSync(data('volumes'))]).toEqual([[], [], []])
})

test.skipIf(reason !== undefined)('a file system that a controller left frozen and never came back for is thawed by any node', async () => {
  await using driver = await openDriverFixture()
  const volume = await driver.mounted('left frozen')
  const markers = join(driver.dataDirectory, 'state/frozen')
  const at = new Date(Date.now() - (certainlyLeft + 1) * 1000).toISOString()
  await command('fsfreeze', ['--freeze', volume.path])
  writeFileSync(join(markers, `${volume.volume_id}.json`), JSON.stringify({ at }))
  await untilInDirectory(markers, () => readdirSync(markers).length === 0)
  await expect(command('fsfreeze', ['--unfreeze', volume.path])).rejects.toThrow(/Invalid argument/)
  await driver.removed(volume)
})
