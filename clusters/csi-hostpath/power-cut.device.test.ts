import { execa } from 'execa'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capabilityFor, openDriverFixture, type DriverFixture } from './driver-fixture.ts'
import { whyNoRealDevices } from './real-devices.ts'

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`a power cut${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture()
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  const cut = async (...flags: readonly string[]) => {
    const args = [
      join(import.meta.dirname, 'main.ts'),
      'power-cut',
      '--node-id=node-1',
      `--data-directory=${driver.dataDirectory}`,
      ...flags,
    ]
    const { exitCode, stderr } = await execa(process.execPath, args, { reject: false, stdin: 'ignore' })
    return { exitCode, stderr }
  }

  test.each(['xfs', 'ext4'])('of one volume loses on %s what was not flushed, and only there', async (fsType) => {
    const capability = capabilityFor('SINGLE_NODE_WRITER', { mount: { fs_type: fsType } })
    const volume = await driver.mounted(`cut off ${fsType}`, { capability })
    const other = await driver.mounted(`beside ${fsType}`)
    writeFileSync(join(volume.path, 'flushed'), 'safe', { flush: true })
    writeFileSync(join(volume.path, 'late'), 'lost')
    expect(await cut(`--volume=${volume.volume_id}`)).toMatchObject({ exitCode: 0 })
    expect(() => writeFileSync(join(volume.path, 'flushed'), 'x', { flush: true })).toThrow(/EIO/)
    writeFileSync(join(other.path, 'file'), 'untouched', { flush: true })

    await driver.detached(volume)
    const again = await driver.use(volume.volume_id, { capability })
    expect(readFileSync(join(again.path, 'flushed'), 'utf8')).toBe('safe')
    const late = join(again.path, 'late')
    expect(existsSync(late) ? readFileSync(late, 'utf8') : '').not.toBe('lost')
    await driver.removed(again, other)
  })

  test('of a node takes every file system staged there, and is in the call log', async () => {
    const volumes = [await driver.mounted('one'), await driver.mounted('two')]
    const elsewhere = await driver.use(await driver.create('three'), { node: 'node-2' })
    expect(await cut('--all')).toMatchObject({ exitCode: 0 })
    for (const { path } of volumes) expect(() => writeFileSync(join(path, 'file'), 'x', { flush: true })).toThrow(/EIO/)
    writeFileSync(join(elsewhere.path, 'file'), 'x', { flush: true })
    const log = readFileSync(join(driver.dataDirectory, 'calls/node-1-power-cut.jsonl'), 'utf8')
    for (const { volume_id } of volumes) expect(log).toContain(`"volumeId":"${volume_id}"`)
    expect(log).not.toContain(elsewhere.volume_id)
    await driver.removed(...volumes, elsewhere)
  })

  test('is refused in one sentence when it says too little or means nothing', async () => {
    expect(await cut()).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('Choose which file systems lose power: --volume=') })
    expect(await cut('--all')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('No file system is staged on node node-1.') })
    expect(await cut('--all', '--node-id=node-3')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('start the driver of node node-3 with --faults'),
    })
  })
})
