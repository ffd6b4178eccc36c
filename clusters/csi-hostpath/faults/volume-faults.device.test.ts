import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statfsSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capabilityFor, mebibyte, openDriverFixture, type DriverFixture, type UsedVolume } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'
import { volumeFaults } from './catalogue.ts'

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`faults of volumes${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture()
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  const faulty = (name: string, fault: string, more: object = {}) => driver.mounted(name, { parameters: { fault, ...more } })
  const write = (volume: UsedVolume, text: string, name = 'file') => writeFileSync(join(volume.path, name), text, { flush: true })
  const read = (volume: UsedVolume, name = 'file') => readFileSync(join(volume.path, name), 'utf8')

  /** Calls that have a fault since the test began. */
  async function faultsAppliedBy(work: () => Promise<void>): Promise<readonly string[]> {
    const before = driver.appliedFaults().length
    await work()
    return [...new Set(driver.appliedFaults().slice(before))]
  }

  test.each([
    ['restore-drops-file', { file: false, link: true, mode: 0o600 }],
    ['restore-drops-modes', { file: true, link: true, mode: 0o644 }],
    ['restore-drops-symlinks', { file: true, link: false, mode: 0o600 }],
    ['restore-drops-xattrs', { file: true, link: true, mode: 0o600 }],
  ])('%s', async (fault, expected) => {
    const source = await driver.mounted(`${fault}, source`)
    write(source, 'first', 'a-file')
    mkdirSync(join(source.path, 'directory'), { mode: 0o700 })
    writeFileSync(join(source.path, 'directory/secret'), 'kept', { mode: 0o600, flush: true })
    symlinkSync('a-file', join(source.path, 'link'))
    const { snapshot } = await driver.client.call('CreateSnapshot', { name: fault, source_volume_id: source.volume_id })
    const from = { volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } }
    const applied = await faultsAppliedBy(async () => {
      const restored = await driver.mounted(fault, { ...from, parameters: { fault } })
      const secret = join(restored.path, 'directory/secret')
      const link = lstatSync(join(restored.path, 'link'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false
      expect({ file: existsSync(join(restored.path, 'a-file')), link, mode: statSync(secret).mode & 0o777 }).toEqual(expected)
      expect(readFileSync(secret, 'utf8')).toBe('kept')
      await driver.removed(restored)
    })
    expect(applied).toEqual([`CreateVolume: ${fault}`])
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(source)
  })

  test('restore-shares-source, for a clone', async () => {
    const source = await driver.mounted('clone source')
    const clone = await driver.mounted('clone', {
      parameters: { fault: 'restore-shares-source' },
      volume_content_source: { volume: { volume_id: source.volume_id } },
    })
    write(clone, 'written to the clone')
    expect(read(source)).toBe('written to the clone')
    await driver.removed(clone, source)
  })

  test('expansion-truncates', async () => {
    const volume = await faulty('truncated', 'expansion-truncates')
    write(volume, '0123456789')
    await driver.client.call('ControllerExpandVolume', { ...volume, capacity_range: { required_bytes: 400 * mebibyte } })
    await driver.client.call('NodeExpandVolume', { ...volume, volume_path: volume.path })
    expect(read(volume)).toBe('01234')
    await driver.removed(volume)
  })

  test('expansion-fails and node-expansion-fails, as often and with the code asked for', async () => {
    const expand = { capacity_range: { required_bytes: 400 * mebibyte } }
    const setting = { faultTimes: '2', faultCode: 'RESOURCE_EXHAUSTED' }
    const one = await faulty('fails', 'expansion-fails', setting)
    const other = await faulty('fails on the node', 'node-expansion-fails', setting)
    await driver.client.call('ControllerExpandVolume', { ...other, ...expand })
    const answers: string[] = []
    for (let attempt = 0; attempt < 3; attempt += 1) {
      answers.push(await driver.client.refusal('ControllerExpandVolume', { ...one, ...expand }))
      answers.push(await driver.client.refusal('NodeExpandVolume', { ...other, volume_path: other.path }))
    }
    const refused = (fault: string, count: number) => `RESOURCE_EXHAUSTED: Fault ${fault}: failure ${count} of 2.`
    expect(answers).toEqual(
      [1, 2].flatMap((count) => [refused('expansion-fails', count), refused('node-expansion-fails', count)]).concat('OK', 'OK'),
    )
    await driver.removed(one, other)
  })

  test('delete-leaves-data', async () => {
    const volume = await faulty('left', 'delete-leaves-data')
    const applied = await faultsAppliedBy(() => driver.removed(volume))
    expect(applied).toEqual(['DeleteVolume: delete-leaves-data'])
    expect(existsSync(join(driver.dataDirectory, `volumes/${volume.volume_id}.img`))).toBe(true)
    // The parameters of a VolumeAttributesClass go before those of the StorageClass, so the volume can be made to go after all.
    await driver.client.call('ControllerModifyVolume', { ...volume, mutable_parameters: { fault: 'restore-empty' } })
    await driver.client.call('DeleteVolume', volume)
    expect(existsSync(join(driver.dataDirectory, `volumes/${volume.volume_id}.img`))).toBe(false)
  })

  test('deletes-under-retain', async () => {
    const volume = await faulty('retained', 'deletes-under-retain')
    write(volume, 'retained')
    await driver.detached(volume)
    const again = await driver.use(volume.volume_id)
    expect(readdirSync(again.path)).toEqual([])
    await driver.removed(again)
  })

  test('volumes-share-data', async () => {
    const one = await faulty('shares', 'volumes-share-data')
    const other = await faulty('shares too', 'volumes-share-data')
    write(one, 'of the first')
    expect(read(other)).toBe('of the first')
    await driver.removed(other, one)
  })

  test('wrong-volume-published', async () => {
    const one = await faulty('right', 'wrong-volume-published')
    write(one, 'of the first')
    await driver.detached(one)
    const other = await faulty('wrong', 'wrong-volume-published')
    expect(read(other)).toBe('of the first')
    await driver.removed(other)
    await driver.client.call('DeleteVolume', one)
  })

  test('read-only-is-writable', async () => {
    const volume = await driver.mounted('writable', { parameters: { fault: 'read-only-is-writable' }, readonly: true })
    write(volume, 'written')
    const faithful = await driver.mounted('not writable', { readonly: true })
    expect(() => write(faithful, 'written')).toThrow(/EROFS/)
    await driver.removed(volume, faithful)
  })

  test('size-not-enforced', async () => {
    const volume = await faulty('large', 'size-not-enforced')
    const { bsize, blocks } = statfsSync(volume.path)
    expect(bsize * blocks).toBeGreaterThan(2500 * mebibyte)
    await driver.removed(volume)
  })

  test('attach-on-two-nodes', async () => {
    const volume = await faulty('twice', 'attach-on-two-nodes')
    const there = await driver.use(volume.volume_id, { node: 'node-2' })
    write(volume, 'from node-1')
    expect(read(there)).toBe('from node-1')
    await driver.detached(there)
    await driver.removed(volume)
  })

  test('detach-never-happens', async () => {
    const volume = await faulty('stuck', 'detach-never-happens')
    await driver.detached(volume)
    const elsewhere = { ...volume, node_id: 'node-2' }
    expect(await driver.client.refusal('ControllerPublishVolume', elsewhere)).toMatch(/^FAILED_PRECONDITION: .* attached to node node-1/)
    await driver.client.call('DeleteVolume', volume)
  })

  test('fsync-lies', async () => {
    const volume = await faulty('lies', 'fsync-lies')
    write(volume, 'acknowledged as durable')
    await driver.detached(volume)
    const again = await driver.use(volume.volume_id)
    expect(readdirSync(again.path)).toEqual([])
    await driver.removed(again)
    expect(readdirSync(join(driver.dataDirectory, 'stale'))).toEqual([])
  })

  test('stage-fails', async () => {
    const volume_id = await driver.create('unstaged', { parameters: { fault: 'stage-fails', faultTimes: '1', faultCode: 'ABORTED' } })
    await expect(driver.use(volume_id)).rejects.toThrow('Fault stage-fails: failure 1 of 1.')
    await driver.removed(await driver.use(volume_id))
  })

  test('modify-books-only', async () => {
    const volume = await faulty('unmodified', 'modify-books-only')
    const applied = await faultsAppliedBy(async () => {
      await driver.client.call('ControllerModifyVolume', { ...volume, mutable_parameters: { readAheadKiB: '256' } })
    })
    expect(applied).toEqual(['ControllerModifyVolume: modify-books-only'])
    expect(JSON.parse(readFileSync(join(driver.dataDirectory, `state/volumes/${volume.volume_id}.json`), 'utf8'))).toMatchObject({
      mutable: { readAheadKiB: 128 },
    })
    await driver.removed(volume)
  })

  test('slow-calls', async () => {
    const volume = await faulty('slow', 'slow-calls', { faultSeconds: '0.3' })
    const detail = {
      ...volume,
      volume_path: volume.path,
      volume_capabilities: [volume.volume_capability],
      capacity_range: { required_bytes: 400 * mebibyte },
    }
    const more = ['ControllerGetVolume', 'ValidateVolumeCapabilities', 'ControllerExpandVolume', 'NodeExpandVolume', 'NodeGetVolumeStats']
    for (const method of [...more, 'ControllerModifyVolume']) await driver.client.call(method, detail)
    await driver.removed(volume)
    const about = driver.callLog().filter(({ volumeId }) => volumeId === volume.volume_id)
    expect(about.map(({ method, durationMs, fault }) => `${method} ${durationMs >= 300 ? 'slow' : 'fast'}, ${fault}`)).toEqual(
      [
        ...['CreateVolume', 'ControllerPublishVolume', 'NodeStageVolume', 'NodePublishVolume', ...more, 'ControllerModifyVolume'],
        ...['NodeUnpublishVolume', 'NodeUnstageVolume', 'ControllerUnpublishVolume', 'DeleteVolume'],
      ].map((method) => `${method} slow, slow-calls`),
    )
  })

  test('a fault can be switched on and off for a volume that exists, and an unknown one is refused with the list', async () => {
    const volume = await driver.mounted('switched')
    const modify = (mutable_parameters: object) => driver.client.refusal('ControllerModifyVolume', { ...volume, mutable_parameters })
    expect(await modify({ fault: 'nonsense' })).toBe(
      `INVALID_ARGUMENT: Unknown fault nonsense: choose one of ${Object.keys(volumeFaults).join(', ')}.`,
    )
    expect(await modify({ fault: 'attach-on-two-nodes' })).toBe('OK')
    const elsewhere = { ...volume, node_id: 'node-2' }
    expect(await driver.client.refusal('ControllerPublishVolume', elsewhere)).toBe('OK')
    await driver.client.call('ControllerUnpublishVolume', elsewhere)
    expect(await modify({})).toBe('OK')
    expect(await driver.client.refusal('ControllerPublishVolume', elsewhere)).toMatch(/^FAILED_PRECONDITION/)
    const unknown = { name: 'unknown', volume_capabilities: [capabilityFor()], parameters: { fault: 'nonsense' } }
    expect(await driver.client.refusal('CreateVolume', unknown)).toMatch(
      /^INVALID_ARGUMENT: Unknown fault nonsense: choose one of restore-empty,/,
    )
    await driver.removed(volume)
  })
})
