import { readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capabilityFor, mebibyte, openDriverFixture, type DriverFixture, type UsedVolume } from './driver-fixture.ts'
import { whyNoRealDevices } from './real-devices.ts'
import { openDataDirectory } from './storage/data-directory.ts'
import { copyAtOneInstant } from './storage/frozen-copy.ts'

const reason = await whyNoRealDevices()
const access = { type: 'mount', fsType: 'xfs' } as const
const volume_capability = capabilityFor()

describe.skipIf(reason !== undefined)(`the driver on real loop devices${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture()
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  const write = ({ path }: UsedVolume, text: string) => writeFileSync(join(path, 'file'), text)
  const read = ({ path }: UsedVolume) => readFileSync(join(path, 'file'), 'utf8')

  test('a restored snapshot holds the instant of the snapshot, and the source goes on', async () => {
    const source = await driver.mounted('source')
    write(source, 'before')
    const { snapshot } = await driver.client.call('CreateSnapshot', { name: 'instant', source_volume_id: source.volume_id })
    write(source, 'after')
    const from = { volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } }
    const restored = await driver.mounted('restored', from)
    const larger = await driver.mounted('larger', { ...from, bytes: 600 * mebibyte })

    expect(snapshot.ready_to_use).toBe(true)
    expect([restored, larger, source].map(read)).toEqual(['before', 'before', 'after'])
    const sizes = [restored, larger].map(({ path }) => statfsSync(path)).map(({ blocks, bsize }) => blocks * bsize)
    expect((sizes[1] ?? 0) - (sizes[0] ?? 0)).toBe(300 * mebibyte)
    expect(driver.callLog().find(({ method }) => method === 'CreateSnapshot')?.frozenMs).toBeGreaterThan(0)
    const small = { name: 'small', volume_capabilities: [volume_capability], capacity_range: { limit_bytes: 310 * mebibyte } }
    const ofLarger = await driver.client.call('CreateSnapshot', { name: 'large', source_volume_id: larger.volume_id })
    const tooLarge = { snapshot: { snapshot_id: ofLarger.snapshot.snapshot_id } }
    expect(await driver.client.refusal('CreateVolume', { ...small, volume_content_source: tooLarge })).toMatch(/^OUT_OF_RANGE/)
    for (const each of [snapshot, ofLarger.snapshot]) await driver.client.call('DeleteSnapshot', each)
    await driver.removed(restored, larger, source)
  })

  test('a clone holds what its source held, also while that is in use', async () => {
    const source = await driver.mounted('cloned')
    write(source, 'then')
    const clone = await driver.mounted('clone', { volume_content_source: { volume: { volume_id: source.volume_id } } })
    write(source, 'now')
    expect(read(clone)).toBe('then')
    await driver.removed(clone, source)
  })

  test('a class may ask that only what is attached to no node is cloned', async () => {
    const source = await driver.mounted('source of an unused clone')
    const from = { parameters: { clones: 'unused' }, volume_content_source: { volume: { volume_id: source.volume_id } } }
    await expect(driver.mounted('unused clone', from)).rejects.toThrow(/FAILED_PRECONDITION.*attached to node node-1: clone it once/)
    await driver.detached(source)
    const clone = await driver.mounted('unused clone', from)
    await driver.removed(clone, await driver.use(source.volume_id))
    await expect(driver.mounted('odd clone', { parameters: { clones: 'never' } })).rejects.toThrow(/INVALID_ARGUMENT.*one of any, unused/)
  })

  test('an expansion while mounted shows in the file system and keeps the data; a smaller size changes nothing', async () => {
    const volume = await driver.mounted('grows')
    write(volume, 'kept')
    const before = statfsSync(volume.path)
    const expand = { volume_id: volume.volume_id, capacity_range: { required_bytes: 600 * mebibyte } }
    const answer = await driver.client.call('ControllerExpandVolume', expand)
    for (let repeat = 0; repeat < 2; repeat += 1) await driver.client.call('NodeExpandVolume', { ...volume, volume_path: volume.path })
    const after = statfsSync(volume.path)
    const smaller = await driver.client.call('ControllerExpandVolume', { ...expand, capacity_range: { required_bytes: 300 * mebibyte } })
    const tooMuch = { ...expand, capacity_range: { required_bytes: 2 ** 50 } }

    expect(answer.node_expansion_required).toBe(true)
    expect((after.blocks - before.blocks) * after.bsize).toBe(300 * mebibyte)
    expect(smaller.capacity_bytes).toBe(String(600 * mebibyte))
    expect(await driver.client.refusal('ControllerExpandVolume', tooMuch)).toMatch(/^OUT_OF_RANGE/)
    // A refused size leaves the volume as it is, and a smaller one is taken after it.
    expect(await driver.client.refusal('ControllerExpandVolume', { ...expand, capacity_range: { required_bytes: 700 * mebibyte } })).toBe(
      'OK',
    )
    expect(read(volume)).toBe('kept')
    await driver.removed(volume)
  })

  test('a volume grown while it is not mounted has its new size when it is mounted again', async () => {
    const volume = await driver.mounted('grows offline')
    const before = statfsSync(volume.path)
    await driver.detached(volume)
    await driver.client.call('ControllerExpandVolume', { ...volume, capacity_range: { required_bytes: 400 * mebibyte } })
    const again = await driver.use(volume.volume_id)
    const after = statfsSync(again.path)
    expect((after.blocks - before.blocks) * after.bsize).toBe(100 * mebibyte)
    await driver.removed(again)
  })

  test('a volume is attached to one node at a time, and mounted only where it is attached', async () => {
    const volume = await driver.mounted('exclusive')
    write(volume, 'from node-1')
    const elsewhere = { volume_id: volume.volume_id, node_id: 'node-2', volume_capability }
    expect(await driver.client.refusal('ControllerPublishVolume', elsewhere)).toMatch(/^FAILED_PRECONDITION: .* attached to node node-1/)
    expect(await driver.client.refusal('ControllerPublishVolume', { ...elsewhere, node_id: 'node-3' })).toMatch(/^NOT_FOUND/)
    expect(await driver.client.refusal('DeleteVolume', volume)).toMatch(/^FAILED_PRECONDITION/)
    expect(await driver.second.refusal('NodeStageVolume', volume)).toMatch(/^FAILED_PRECONDITION: .*node-1/)
    await driver.detached(volume)
    const moved = await driver.use(volume.volume_id, { node: 'node-2' })
    expect(read(moved)).toBe('from node-1')
    await driver.removed(moved)
  })

  test('a restore of the wrong content, and an expansion on paper, are named in the call log', async () => {
    const source = await driver.mounted('fault source', { parameters: { fault: 'expansion-books-only' } })
    write(source, 'then')
    const { snapshot } = await driver.client.call('CreateSnapshot', { name: 'fault', source_volume_id: source.volume_id })
    write(source, 'now')
    const from = (fault: string) => ({ parameters: { fault }, volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } })
    const empty = await driver.mounted('fault empty', from('restore-empty'))
    const current = await driver.mounted('fault current', from('restore-current-source'))
    const shared = await driver.mounted('fault shared', from('restore-shares-source'))
    const before = statfsSync(source.path)
    const booked = await driver.client.call('ControllerExpandVolume', { ...source, capacity_range: { required_bytes: 500 * mebibyte } })

    expect(readdirSync(empty.path)).toEqual([])
    expect(read(current)).toBe('now')
    write(shared, 'written to the restored volume')
    expect(read(source)).toBe('written to the restored volume')
    expect(booked).toMatchObject({ node_expansion_required: false, capacity_bytes: String(500 * mebibyte) })
    expect(statfsSync(source.path).blocks).toBe(before.blocks)
    expect(driver.appliedFaults()).toEqual([
      'CreateVolume: restore-empty',
      'CreateVolume: restore-current-source',
      'CreateVolume: restore-shares-source',
      'ControllerExpandVolume: expansion-books-only',
    ])
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(empty, current, shared, source)
  })

  test('an id with a path in it is unknown and a secret is not logged', async () => {
    const outside = { volume_id: '../../etc/passwd', capacity_range: { required_bytes: 1 }, secrets: { key: 'hush-hush' } }
    expect(await driver.client.refusal('ControllerExpandVolume', outside)).toMatch(/^NOT_FOUND/)
    const logged = driver.callLog().find(({ request }) => 'volume_id' in request && request.volume_id === outside.volume_id)
    expect(logged?.request).toMatchObject({ secrets: { key: '(not logged)' } })
  })

  test('a copy that takes too long is given up and the file system thawed', async () => {
    const volume = await driver.mounted('slow')
    writeFileSync(join(volume.path, 'ballast'), Buffer.alloc(64 * mebibyte, 'x'))
    const data = await openDataDirectory(driver.dataDirectory)
    const copy = copyAtOneInstant(data, [{ volumeId: volume.volume_id, access, to: join(driver.directory, 'never') }], 0.001)
    await expect(copy).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' })
    write(volume, 'thawed')
    expect(await data.frozen.ids()).toEqual([])
    await driver.removed(volume)
  })
})
