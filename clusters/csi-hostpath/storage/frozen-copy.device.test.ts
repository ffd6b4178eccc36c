import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command } from '../command.ts'
import { capabilityFor, mebibyte, openDriverFixture, type DriverFixture, type UsedVolume } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'
import { openDataDirectory, type DataDirectory } from './data-directory.ts'
import { copyWhileFrozen } from './freezing.ts'
import { copyAtOneInstant, thawLeftovers } from './frozen-copy.ts'
import { findLoopDevice } from './loop-device.ts'

const reason = await whyNoRealDevices()
const access = { type: 'mount', fsType: 'ext4' } as const
const wanted = { capability: capabilityFor('SINGLE_NODE_WRITER', { mount: { fs_type: 'ext4' } }), bytes: 16 * mebibyte }

describe.skipIf(reason !== undefined)(`one of several that cannot be thawed${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture
  let data: DataDirectory

  beforeAll(async () => {
    driver = await openDriverFixture()
    data = await openDataDirectory(driver.dataDirectory)
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  // EINVAL is what a thawed file system answers; a frozen one would be thawed by this and not stay behind on the machine.
  const expectThawed = async ({ path }: UsedVolume) => {
    await expect(command('fsfreeze', ['--unfreeze', path])).rejects.toThrow(/Invalid argument/)
  }
  const mountedOnce = async ({ volume_id: volumeId }: UsedVolume) => {
    const device = (await findLoopDevice(data.volumeImage(volumeId))) ?? ''
    return { volumeId, device, fsType: 'ext4', options: 'rw' }
  }

  test('does not keep the script from thawing the others', async () => {
    const [first, second] = [await driver.mounted('thawed by a stranger', wanted), await driver.mounted('thawed after it', wanted)]
    const pipe = join(driver.directory, 'pipe')
    await command('mkfifo', [pipe])
    const copying = copyWhileFrozen(data, {
      mounts: [await mountedOnce(first), await mountedOnce(second)],
      copies: [{ from: data.volumeImage(first.volume_id), to: pipe }],
      limit: 20,
    })
    // The pipe opens once the copy has begun, in the middle of the freeze. Then the script finds the first thawed already, an error.
    const stranger = 'exec <"$1"; fsfreeze --unfreeze "$2"; cat >/dev/null'
    await command('sh', ['-euc', stranger, 'sh', pipe, first.path])
    const { exitCode, complaint } = await copying
    await expectThawed(second)
    expect(exitCode).toBe(1)
    expect(complaint).toMatch(/unfreeze failed: Invalid argument/)
    await driver.removed(first, second)
  })

  test('does not keep the driver from thawing the others, and is reported', async () => {
    const [first, second] = [await driver.mounted('not thawed', wanted), await driver.mounted('thawed', wanted)]
    const failing: DataDirectory = {
      ...data,
      frozen: {
        ...data.frozen,
        remove: async (id) => {
          if (id === first.volume_id) throw new Error('its marker cannot be removed')
          await data.frozen.remove(id)
        },
      },
    }
    const to = join(driver.directory, 'missing/image')
    const sources = [first, second].map(({ volume_id: volumeId }) => ({ volumeId, access, to }))
    await expect(copyAtOneInstant(failing, sources)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'its marker cannot be removed',
    })
    expect(await data.frozen.ids()).toEqual([first.volume_id])
    for (const volume of [first, second]) await expectThawed(volume)
    await thawLeftovers(data)
    expect(await data.frozen.ids()).toEqual([])
    await driver.removed(first, second)
  })

  test('does not keep a start from thawing the others', async () => {
    const ids = [await driver.create('one', wanted), await driver.create('other', wanted)]
    const [broken = '', whole = ''] = ids.toSorted()
    const frozen = await driver.use(whole, wanted)
    // An image that was never formatted cannot be mounted.
    const device = await command('losetup', ['--find', '--show', data.volumeImage(broken)])
    await command('fsfreeze', ['--freeze', frozen.path])
    for (const id of ids) await data.frozen.write(id, { at: new Date().toISOString() })
    const outcome = await thawLeftovers(data).catch(String)
    await expectThawed(frozen)
    expect(outcome).toBeUndefined()
    expect(await data.frozen.ids()).toEqual([broken])
    await command('losetup', ['--detach', device])
    await thawLeftovers(data)
    expect(await data.frozen.ids()).toEqual([])
    await driver.client.call('DeleteVolume', { volume_id: broken })
    await driver.removed(frozen)
  })
})
