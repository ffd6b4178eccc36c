import { existsSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command } from '../command.ts'
import { capabilityFor, openDriverFixture, untilInDirectory, type DriverFixture, type UsedVolume } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'
import { snapshotIdFor } from '../storage/ids.ts'
import { snapshotFaults } from './catalogue.ts'

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`faults of snapshots${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture()
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  const snapshots = () => join(driver.dataDirectory, 'snapshots')
  const write = (volume: UsedVolume, text: string) => writeFileSync(join(volume.path, 'file'), text, { flush: true })
  const snapshotOf = (volume: UsedVolume, parameters: { readonly fault: string; readonly [key: string]: string }) =>
    driver.client.call('CreateSnapshot', { name: parameters.fault, source_volume_id: volume.volume_id, parameters })
  const restored = (name: string, snapshot_id: string) => driver.mounted(name, { volume_content_source: { snapshot: { snapshot_id } } })

  test('snapshot-lazy takes the content at the first restore, and keeps it then', async () => {
    const source = await driver.mounted('lazy source')
    write(source, 'before')
    const { snapshot } = await snapshotOf(source, { fault: 'snapshot-lazy' })
    write(source, 'after')
    const files = new Set<string | null>()
    const watcher = watch(snapshots(), (_, file) => files.add(file))
    const first = await restored('lazy', snapshot.snapshot_id)
    watcher.close()
    // A kill half-way leaves no image that looks whole.
    expect(files).toContain(`${snapshot.snapshot_id}.img.partial`)
    write(source, 'later')
    const second = await restored('lazy again', snapshot.snapshot_id)
    expect(snapshot.ready_to_use).toBe(true)
    expect([first, second].map(({ path }) => readFileSync(join(path, 'file'), 'utf8'))).toEqual(['after', 'after'])
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(first, second, source)
  })

  test('snapshot-ready-early is empty at first and taken later', async () => {
    const source = await driver.mounted('early source')
    write(source, 'before')
    const { snapshot } = await snapshotOf(source, { fault: 'snapshot-ready-early', faultSeconds: '1' })
    const early = await restored('early', snapshot.snapshot_id)
    expect(snapshot.ready_to_use).toBe(true)
    expect(readdirSync(early.path)).toEqual([])
    await untilInDirectory(snapshots(), () => existsSync(join(snapshots(), `${snapshot.snapshot_id}.img`)))
    const late = await restored('late', snapshot.snapshot_id)
    expect(readFileSync(join(late.path, 'file'), 'utf8')).toBe('before')
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(early, late, source)
  })

  test('snapshot-torn mixes two instants; without it the copy is of one', async () => {
    const capability = capabilityFor('SINGLE_NODE_WRITER', { block: {} })
    const source = await driver.mounted('torn source', { capability })
    const size = 300 * 1024 ** 2
    // At the start and at the end, one after the other: in a copy of one instant the end is never ahead of the start.
    const script = 'for at in 0 "$2"; do printf %08d "$3" | dd of="$1" seek="$at" oflag=seek_bytes conv=notrunc,fdatasync status=none; done'
    const put = (count: number) => command('sh', ['-euc', script, 'sh', source.path, String(size - 4096), String(count)])
    await put(1)
    const taking = snapshotOf(source, { fault: 'snapshot-torn', faultSeconds: '2' })
    // The first part is there once dd has made the file as long as it.
    const half = join(snapshots(), `${snapshotIdFor('snapshot-torn')}.img.partial`)
    await untilInDirectory(snapshots(), () => statSync(half, { throwIfNoEntry: false })?.size === size / 2)
    await put(2)
    const { snapshot } = await taking
    const copy = await driver.mounted('torn', { capability, volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } })
    const image = readFileSync(join(driver.dataDirectory, `volumes/${copy.volume_id}.img`))
    expect([image.toString('latin1', 0, 8), image.toString('latin1', size - 4096, size - 4088)]).toEqual(['00000001', '00000002'])
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(copy, source)
  })

  test('snapshot-fails, as often and with the code asked for', async () => {
    const source = await driver.mounted('failing source')
    const request = {
      name: 'failing',
      source_volume_id: source.volume_id,
      parameters: { fault: 'snapshot-fails', faultTimes: '1', faultCode: 'UNAVAILABLE' },
    }
    expect(await driver.client.refusal('CreateSnapshot', request)).toBe('UNAVAILABLE: Fault snapshot-fails: failure 1 of 1.')
    const { snapshot } = await driver.client.call('CreateSnapshot', request)
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(source)
  })

  test('snapshot-delete-leaves-data', async () => {
    const source = await driver.mounted('left source')
    const { snapshot } = await snapshotOf(source, { fault: 'snapshot-delete-leaves-data' })
    await driver.client.call('DeleteSnapshot', snapshot)
    expect(existsSync(join(driver.dataDirectory, `snapshots/${snapshot.snapshot_id}.img`))).toBe(true)
    expect(driver.appliedFaults().at(-1)).toBe('DeleteSnapshot: snapshot-delete-leaves-data')
    await driver.removed(source)
  })

  test('slow-calls', async () => {
    const source = await driver.mounted('slow source')
    const { snapshot } = await snapshotOf(source, { fault: 'slow-calls', faultSeconds: '0.3' })
    for (const method of ['GetSnapshot', 'ListSnapshots']) await driver.client.call(method, { snapshot_id: snapshot.snapshot_id })
    await driver.client.call('DeleteSnapshot', snapshot)
    const about = driver.callLog().filter(({ snapshotId }) => snapshotId === snapshot.snapshot_id)
    expect(about.map(({ method, durationMs }) => `${method} ${durationMs >= 300 ? 'slow' : 'fast'}`)).toEqual([
      'CreateSnapshot slow',
      'GetSnapshot slow',
      'ListSnapshots slow',
      'DeleteSnapshot slow',
    ])
    await driver.removed(source)
  })

  test('an unknown fault is refused with the list', async () => {
    const source_volume_id = await driver.create('asked')
    const request = { name: 'asked', source_volume_id, parameters: { fault: 'restore-empty' } }
    expect(await driver.client.refusal('CreateSnapshot', request)).toBe(
      `INVALID_ARGUMENT: Unknown fault restore-empty: choose one of ${Object.keys(snapshotFaults).join(', ')}.`,
    )
    await driver.client.call('DeleteVolume', { volume_id: source_volume_id })
  })
})
