import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryPrefix } from '../contract/owner.ts'
import { command } from './csi-hostpath/command.ts'
import { whyNoRealDevices } from './csi-hostpath/real-devices.ts'
import { detach, kubeletLoopDevicesOf, loopDevices, orphanedLoopDevices, releaseBelow } from './loop-devices.ts'

const reason = await whyNoRealDevices()

test.skipIf(reason !== undefined)(
  'the loop device that a kubelet bound to a raw block volume is found, and then released with the one below it',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('driver')))
    const shown = join(directory, 'elsewhere/volumeDevices/pvc-1/dev/pod')
    const image = join(directory, 'volumes/volumes/vol-1.img')
    for (const path of ['volumes/volumes', 'volumes/state/volumes', 'elsewhere/volumeDevices/pvc-1/dev'])
      mkdirSync(join(directory, path), { recursive: true })
    writeFileSync(join(directory, 'volumes/state/volumes/vol-1.json'), JSON.stringify({ name: 'pvc-1' }))
    writeFileSync(join(directory, 'volumes/state/volumes/vol-2.json.partial'), '{')
    writeFileSync(shown, '')
    await command('truncate', ['--size=1M', image])
    const device = await command('losetup', ['--find', '--show', image])
    await command('mount', ['--bind', device, shown])
    const above = await command('losetup', ['--find', '--show', shown])

    const found = await kubeletLoopDevicesOf(directory)
    await detach(found)
    const released = await releaseBelow(directory)
    expect(found.map((loop) => loop.device)).toEqual([above])
    expect(released).toEqual([`mount ${shown}`, `loop device ${device}`])
    const left = (await loopDevices()).map((loop) => loop.device)
    expect(left.filter((each) => [device, above].includes(each))).toEqual([])
    rmSync(directory, { recursive: true })
  },
)

test.skipIf(reason !== undefined)('the loop device of a volume whose node is gone with its mounts is found', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('driver')))
  const name = `vol-${'0a'.repeat(12)}.img`
  for (const path of ['host/volumes', 'node']) mkdirSync(join(directory, path), { recursive: true })
  await command('truncate', ['--size=1M', join(directory, 'host/volumes', name)])
  // The mounts of this shell go with it, as those of a node do.
  const bind = 'cd "$0" && mount --bind host node && losetup --find --show "$0/node/volumes/$1"'
  const device = await command('unshare', ['--mount', 'sh', '-c', bind, directory, name])
  rmSync(directory, { recursive: true })

  const found = await orphanedLoopDevices()
  const gone = { device, backingFile: `/volumes/${name} (deleted)` }
  await detach([gone])
  expect(found).toContainEqual(gone)
  expect((await loopDevices()).map((loop) => loop.device)).not.toContain(device)
})
